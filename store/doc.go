// Package store keeps every fact of an installation in one SQL database:
// people, projects, pictures, answers, posteriors, the event log and the jobs.
//
// One exported method is one transaction, which also appends the events and
// inserts the jobs it causes. Every method takes the tenant whose rows it may
// see. Writes pass through one group-commit writer: a method returns only
// after its transaction is durable. The package holds no business rules
// beyond the integrity of its rows.
//
//	db, err := store.Open(ctx, "akhra-data", store.Options{})
//	verdicts, err := db.Submit(ctx, tenant, annotator, answers)
package store
