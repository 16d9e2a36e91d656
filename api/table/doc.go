// Package table serves what brings tables from elsewhere in: a CSV is kept,
// looked at with a plan that says which column is what, and taken in by a job
// whose refused lines can be fetched. It changes nothing before it is told to.
package table
