// Package portrait is what can be told of the child, for people: how well it
// foresees answers, which classes it mixes up, what it asks next and why, what
// it thinks of a picture and which pictures taught it that. It reads the
// learner's mind and changes nothing; how people are asked is none of its
// business.
//
//	room := portrait.New(learner)
//	card, err := room.ReportCard(ctx, tenant)
//	thought, known := room.Thought(ctx, tenant, item)
package portrait

import (
	"context"

	"akhra.dev/akhra"
	"akhra.dev/akhra/loop"
)

// Learner is whose mind is read; fn runs under its lock.
type Learner interface {
	Look(ctx context.Context, t akhra.Tenant, fn func(loop.Mind)) error
	LookAnew(ctx context.Context, t akhra.Tenant, fn func(loop.Mind)) error
}

// Room tells of the child of every project. It is safe for concurrent use.
type Room struct{ learner Learner }

// New makes the room beside a learner.
func New(learner Learner) *Room { return &Room{learner} }
