package store

import "akhra.dev/akhra"

// keptLeases is how many leases stay in memory: more than people hold who work
// at the moment.
const keptLeases = 1 << 14

// given is an assignment as an answer to it sees it.
type given struct {
	tenant    akhra.Tenant
	annotator akhra.UserID
	task      akhra.TaskID
	item      akhra.ItemID
	why       akhra.Why
	state     int
	proposal  *akhra.Proposal
}

// leased are assignments that were made lately and that nobody answered, so
// that an answer need not read its own. Whatever changes in an assignment that
// an answer sees forgets it here. The writer owns it.
type leased map[akhra.AssignmentID]given

// add remembers what a transaction leased, once it is committed.
func (l leased) add(of map[akhra.AssignmentID]given) {
	if len(l)+len(of) > keptLeases {
		clear(l)
	}
	for id, g := range of {
		l[id] = g
	}
}

// take gives out a lease that is remembered, once.
func (l leased) take(tn akhra.Tenant, annotator akhra.UserID, id akhra.AssignmentID) (given, bool) {
	g, ok := l[id]
	if !ok || g.tenant != tn || g.annotator != annotator {
		return given{}, false
	}
	delete(l, id)
	return g, true
}

// remember notes what the transaction leased.
func (t *tx) remember(tn akhra.Tenant, a akhra.Assignment) {
	if a.Proposal != nil && a.Proposal.Thought == "" {
		a.Proposal = nil // as it is read back
	}
	t.leases[a.ID] = given{tn, a.Annotator, a.Task, a.Item, a.Why, assignmentOpen, a.Proposal}
}

// given reads an assignment of an annotator; sql.ErrNoRows when it is not hers.
func (t *tx) given(tn akhra.Tenant, annotator akhra.UserID, id akhra.AssignmentID) (given, error) {
	if g, ok := t.w.leased.take(tn, annotator, id); ok {
		return g, nil
	}
	var g given
	var shown proposalRow
	err := t.row("SELECT task, item, why, state, "+proposalColumns+" FROM assignment WHERE org = $1 AND project = $2 AND id = $3 AND annotator = $4",
		[]any{tn.Org, tn.Project, id, annotator}, append([]any{&g.task, &g.item, &g.why, &g.state}, shown.into()...)...)
	g.proposal = shown.read()
	return g, err
}
