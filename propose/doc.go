// Package propose decides what the model's opinion is shown to who answers, and
// to whom (ADR 14): blind first. A class may be put to people once it has proved
// itself on answers given blind; a share of all that could be shown stays blind,
// a small share is wrong on purpose, and when people accept too many of those
// they are asked blind again. It keeps nothing: all it knows is read from what
// is stored with the answers.
//
//	room := propose.New(db, model)
//	err := room.Propose(ctx, tenant, annotator, places)
package propose
