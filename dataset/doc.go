// Package dataset writes what a project delivers as CSV and reads tables of
// labels. It streams: a project of any size passes row by row.
package dataset
