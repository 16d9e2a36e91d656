// Package consensus turns the answers of a project into its inferred truth. It
// follows the log: an answer changes the posterior of its task at once, with
// what is known of the annotators; a new model, or enough new answers, fit
// annotators and truth together again. It is the only room that runs package
// truth over stored answers, and it decides when a task has been asked enough.
package consensus
