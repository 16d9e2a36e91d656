package store

import (
	"context"
	"database/sql"
	"errors"

	"akhra.dev/akhra"
)

const annotationColumns = "id, assignment, task, item, annotator, answer, class, reason, note, replaces, after_seen, took, device_time, stored, seq, " + proposalColumns

func scanAnnotation(row scanner) (a akhra.Annotation, err error) {
	var p proposalRow
	err = row.Scan(append([]any{&a.ID, &a.Assignment, &a.Task, &a.Item, &a.Annotator, &a.Answer, &a.Class, &a.Reason, &a.Note,
		&a.Replaces, &a.AfterSeen, &a.TookMillis, &a.DeviceTime, &a.Stored, &a.Seq}, p.into()...)...)
	a.Proposal = p.read()
	return a, err
}

// Submit stores an annotator's answers in their order, but none before the one
// of them that it replaces, and gives a verdict for each; one that is refused leaves the others alone. The same answer sent
// again is a duplicate, the same id with another body is refused. Cost: two
// reads and four writes per answer, one durable commit shared with all who
// write at the moment.
func (db *DB) Submit(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID, answers []akhra.Annotation) ([]akhra.Verdict, error) {
	var verdicts []akhra.Verdict
	err := db.write(ctx, func(t *tx) (err error) {
		verdicts, err = t.submitAll(tn, annotator, answers)
		return err
	})
	return verdicts, err
}

// Bring stores an annotator's answers that somebody else brings in from a
// file, as Submit does, and notes who did.
func (db *DB) Bring(ctx context.Context, tn akhra.Tenant, by, annotator akhra.UserID, answers []akhra.Annotation) ([]akhra.Verdict, error) {
	var verdicts []akhra.Verdict
	err := db.write(ctx, func(t *tx) (err error) {
		if verdicts, err = t.submitAll(tn, annotator, answers); err != nil {
			return err
		}
		stored := map[akhra.Outcome]int{}
		for _, v := range verdicts {
			stored[v.Outcome]++
		}
		if stored[akhra.Stored] == 0 {
			return nil
		}
		_, err = t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventOutboxBrought, Actor: by, Subject: string(annotator), Body: encode(stored)})
		return err
	})
	return verdicts, err
}

func (t *tx) submitAll(tn akhra.Tenant, annotator akhra.UserID, answers []akhra.Annotation) ([]akhra.Verdict, error) {
	verdicts := make([]akhra.Verdict, len(answers))
	for _, i := range inChains(answers) {
		a := answers[i]
		v := akhra.Verdict{ID: a.ID, Outcome: akhra.Stored}
		var err error
		v.Seq, err = t.submit(tn, annotator, &a)
		v.Item, v.Planted = a.Item, (a.Answer == akhra.AnswerClass || a.Answer == akhra.AnswerNotSure) && a.Proposal.Planted()
		if refusal, ok := errors.AsType[*akhra.Error](err); ok {
			v = akhra.Verdict{ID: a.ID, Outcome: akhra.Refused, Problem: refusal}
		} else if errors.Is(err, errDuplicate) {
			v.Outcome = akhra.Duplicate
		} else if err != nil {
			return nil, err
		}
		verdicts[i] = v
	}
	return verdicts, nil
}

// inChains is the order in which answers that came together are stored: as
// they came, but none before the one it replaces.
func inChains(answers []akhra.Annotation) []int {
	at := make(map[akhra.AnnotationID]int, len(answers))
	for i, a := range answers {
		at[a.ID] = i
	}
	order, placed := make([]int, 0, len(answers)), make([]bool, len(answers))
	var place func(int)
	place = func(i int) {
		if placed[i] {
			return
		}
		placed[i] = true
		if before, together := at[answers[i].Replaces]; together {
			place(before)
		}
		order = append(order, i)
	}
	for i := range answers {
		place(i)
	}
	return order
}

// errDuplicate says that an answer is stored already; it never leaves Submit.
var errDuplicate = errors.New("answer is stored already")

// submit stores one answer. It refuses, with an *akhra.Error, before it has
// written anything.
func (t *tx) submit(tn akhra.Tenant, annotator akhra.UserID, a *akhra.Annotation) (akhra.Seq, error) {
	if err := a.Validate(); err != nil {
		return 0, err
	}
	why, err := t.place(tn, annotator, a)
	if err != nil {
		return 0, err
	}
	hash := a.BodyHash()
	if a.DeviceTime == 0 {
		a.DeviceTime = akhra.MadeAt(string(a.ID))
	}
	if a.Seq, err = t.nextSeq(tn.Org); err != nil {
		return 0, err
	}
	a.Annotator, a.Stored = annotator, akhra.MillisOf(t.w.now())
	if a.Replaces == "" && a.Answer != akhra.AnswerUndo { // nearly always the first of its assignment: only the insert needs to look
		if stored, err := t.keep(tn, *a, why, hash); err != nil || stored {
			return a.Seq, err
		}
	}
	if seq, err := t.earlier(tn, annotator, a, hash); err != nil {
		return seq, err
	}
	_, err = t.keep(tn, *a, why, hash)
	return a.Seq, err
}

// place checks that an answer belongs to an assignment of the annotator and
// names a class of the project. It copies what she was shown onto the answer,
// and its task where the answer leaves that out, and tells why it was asked.
func (t *tx) place(tn akhra.Tenant, annotator akhra.UserID, a *akhra.Annotation) (akhra.Why, error) {
	g, err := t.given(tn, annotator, a.Assignment)
	if errors.Is(err, sql.ErrNoRows) || err == nil && a.Task != "" && a.Task != g.task {
		return g.why, akhra.Errorf(akhra.NotFound, "This picture was not given to you.")
	}
	if err != nil {
		return g.why, err
	}
	a.Task, a.Item, a.Proposal = g.task, g.item, g.proposal
	switch {
	case a.Answer == akhra.AnswerStrike && (a.Proposal == nil || !a.Proposal.Shown):
		return g.why, akhra.InvalidField("answer", "Nothing was put to you here that could be struck out.")
	case g.state == assignmentReviewed:
		return g.why, akhra.Errorf(akhra.Conflict, "You decided this picture as its reviewer.")
	case a.Answer != akhra.AnswerClass:
		return g.why, nil
	}
	known, err := t.knowsClass(tn, a.Class)
	if err == nil && !known {
		return g.why, akhra.InvalidField("class", "This project has no such class.")
	}
	return g.why, err
}

// earlier compares an answer with those its assignment has. A first answer to
// a question that was reopened follows the undo that reopened it.
func (t *tx) earlier(tn akhra.Tenant, annotator akhra.UserID, a *akhra.Annotation, hash string) (akhra.Seq, error) {
	var oldHash string
	var who akhra.UserID
	var seq akhra.Seq
	err := t.row("SELECT annotator, body_hash, seq FROM annotation WHERE org = $1 AND project = $2 AND id = $3",
		[]any{tn.Org, tn.Project, a.ID}, &who, &oldHash, &seq)
	switch {
	case err == nil && who == annotator && oldHash == hash:
		return seq, errDuplicate
	case err == nil:
		return 0, akhra.Errorf(akhra.Conflict, "An answer with this id is stored with other content.")
	case !errors.Is(err, sql.ErrNoRows):
		return 0, err
	}
	end, kind, err := t.chainEnd(tn, a.Assignment)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		if a.Replaces != "" {
			return 0, akhra.Errorf(akhra.NotFound, "The answer this one replaces is not stored.")
		}
	case err != nil:
		return 0, err
	case a.Replaces == "" && kind.Reopens():
		a.Replaces = end
	case a.Replaces == "":
		return 0, akhra.Errorf(akhra.Conflict, "You have answered this picture already.")
	case a.Replaces != end:
		return 0, akhra.Errorf(akhra.Conflict, "A newer answer has taken the place of the one you changed.")
	case a.Answer == akhra.AnswerUndo && kind == akhra.AnswerUndo:
		return 0, akhra.Errorf(akhra.Conflict, "This answer is taken back already.")
	}
	return 0, nil
}

// chainEnd finds the newest answer of an assignment. The few there are get
// sorted: reading the project by seq would cost all of it.
func (t *tx) chainEnd(tn akhra.Tenant, assignment akhra.AssignmentID) (id akhra.AnnotationID, kind akhra.Answer, err error) {
	err = t.row("SELECT id, answer FROM annotation WHERE org = $1 AND project = $2 AND assignment = $3 ORDER BY +seq DESC LIMIT 1",
		[]any{tn.Org, tn.Project, assignment}, &id, &kind)
	return id, kind, err
}

// keep writes an answer and what follows from it: its event, the state of its
// assignment, the tally of its annotator. It is false, and nothing is written,
// when an answer with its id or its place in the assignment's chain is there.
func (t *tx) keep(tn akhra.Tenant, a akhra.Annotation, why akhra.Why, hash string) (stored bool, err error) {
	n, err := t.exec("INSERT INTO annotation (org, project, "+annotationColumns+`, body_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23) ON CONFLICT DO NOTHING`,
		append(append([]any{tn.Org, tn.Project, a.ID, a.Assignment, a.Task, a.Item, a.Annotator, a.Answer, a.Class, a.Reason, a.Note,
			a.Replaces, a.AfterSeen, a.TookMillis, a.DeviceTime, a.Stored, a.Seq}, columnsOf(a.Proposal)...), hash)...)
	if err != nil || n == 0 {
		return false, err
	}
	e, err := akhra.AnswerEvent(tn, a, why)
	if err != nil {
		return true, err
	}
	if err := t.eventAt(a.Seq, e); err != nil {
		return true, err
	}
	if err := t.close(tn, a); err != nil {
		return true, err
	}
	return true, t.tally(tn, a)
}

// close marks the assignment answered, or open again, in no pack: after an undo
// as it was, after a strike to be asked by itself.
func (t *tx) close(tn akhra.Tenant, a akhra.Annotation) (err error) {
	const open = "UPDATE assignment SET state = 0, lease_until = $4, pack = '', grid = "
	until := a.Stored + akhra.DefaultLeaseMin*60_000
	switch a.Answer {
	case akhra.AnswerStrike:
		_, err = t.exec(open+"$5 WHERE org = $1 AND project = $2 AND id = $3", tn.Org, tn.Project, a.Assignment, until, akhra.AfterGrid)
		return err
	case akhra.AnswerUndo:
		_, err = t.exec(open+`CASE WHEN EXISTS (SELECT 1 FROM annotation b WHERE b.org = $1 AND b.project = $2 AND b.id = $5 AND b.answer = 'strike')
			THEN $6 ELSE grid END WHERE org = $1 AND project = $2 AND id = $3`, tn.Org, tn.Project, a.Assignment, until, a.Replaces, akhra.GridTile)
		return err
	}
	_, err = t.exec("UPDATE assignment SET state = 1 WHERE org = $1 AND project = $2 AND id = $3", tn.Org, tn.Project, a.Assignment)
	return err
}

// Annotations streams all answers of a project, taken back ones included, in
// the order they were stored.
func (db *DB) Annotations(ctx context.Context, tn akhra.Tenant, fn func(akhra.Annotation) error) error {
	return db.annotations(ctx, "SELECT "+annotationColumns+" FROM annotation WHERE org = $1 AND project = $2 ORDER BY seq", []any{tn.Org, tn.Project}, fn)
}

// standing holds for the last answer of a chain unless it takes one back.
const standing = `a.answer <> 'undo' AND NOT EXISTS (SELECT 1 FROM annotation b
	WHERE b.org = a.org AND b.project = a.project AND b.assignment = a.assignment AND b.replaces = a.id)`

// Standing streams the answers of a project that count: those neither taken
// back nor replaced, in the order they were stored.
func (db *DB) Standing(ctx context.Context, tn akhra.Tenant, fn func(akhra.Annotation) error) error {
	return db.annotations(ctx, "SELECT "+annotationColumns+" FROM annotation a WHERE org = $1 AND project = $2 AND "+standing+" ORDER BY seq",
		[]any{tn.Org, tn.Project}, fn)
}

func (db *DB) annotations(ctx context.Context, text string, args []any, fn func(akhra.Annotation) error) error {
	return db.each(ctx, text, args, func(rows *sql.Rows) error {
		a, err := scanAnnotation(rows)
		if err != nil {
			return err
		}
		return fn(a)
	})
}

// Answered tells which of some pictures an annotator has answered. Cost: one
// read per picture.
func (db *DB) Answered(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID, items []akhra.ItemID) (map[akhra.ItemID]bool, error) {
	hers := make(map[akhra.ItemID]bool, len(items))
	for _, id := range items {
		var n int
		err := db.one(ctx, `SELECT COUNT(*) FROM task t JOIN assignment s ON s.org = t.org AND s.project = t.project AND s.task = t.id
			WHERE t.org = $1 AND t.project = $2 AND t.item = $3 AND s.annotator = $4 AND s.state = 1`, []any{tn.Org, tn.Project, id, annotator}, &n)
		if err != nil {
			return nil, err
		}
		hers[id] = n > 0
	}
	return hers, nil
}
