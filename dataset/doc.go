// Package dataset is what goes in and out of a project as tables. It writes
// votes and consensus as CSV and JSON Lines and pictures as a zip by class,
// freezes them as versions with a card, and takes tables from elsewhere in by a
// plan that says what their columns and classes mean. It streams: a project of
// any size passes row by row. It serves no HTTP and knows no SQL.
//
//	d, err := room.Freeze(ctx, tenant, dataset.Order{Format: akhra.FormatJSONL, By: owner}, told)
//	taken, err := intake.Import(ctx, tenant, csv, akhra.Table{Name: "answers.csv"}, plan, refused, told)
package dataset
