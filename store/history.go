package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"akhra.dev/akhra"
)

// History lists everything that happened to a picture, oldest first.
func (db *DB) History(ctx context.Context, tn akhra.Tenant, item akhra.ItemID) ([]akhra.Happening, error) {
	one, err := db.Item(ctx, tn, item)
	if err != nil {
		return nil, err
	}
	all := []akhra.Happening{{At: one.Created, Kind: akhra.HappenCame}}
	for text, scan := range map[string]func(*sql.Rows) (akhra.Happening, error){
		`SELECT a.stored, a.annotator, a.answer, a.class, a.replaces, t.round, a.reason FROM task t CROSS JOIN assignment s CROSS JOIN annotation a
			WHERE t.org = $1 AND t.project = $2 AND t.item = $3 AND s.org = t.org AND s.project = t.project AND s.task = t.id
			AND a.org = s.org AND a.project = s.project AND a.assignment = s.id ORDER BY +a.seq`: scanSaid,
		`SELECT r.created, r.reviewer, r.class, t.round, r.note FROM task t CROSS JOIN review r WHERE t.org = $1 AND t.project = $2 AND t.item = $3
			AND r.org = t.org AND r.project = t.project AND r.task = t.id ORDER BY r.seq`: func(rows *sql.Rows) (h akhra.Happening, err error) {
			h.Kind = akhra.HappenReviewed
			return h, rows.Scan(&h.At, &h.By, &h.Class, &h.Round, &h.Note)
		},
		`SELECT p.created, p.annotator, t.round FROM task t CROSS JOIN appeal p WHERE t.org = $1 AND t.project = $2 AND t.item = $3
			AND p.org = t.org AND p.project = t.project AND p.task = t.id ORDER BY p.seq`: func(rows *sql.Rows) (h akhra.Happening, err error) {
			h.Kind = akhra.HappenAppealed
			return h, rows.Scan(&h.At, &h.By, &h.Round)
		},
		`SELECT at, actor, kind, body FROM log WHERE org = $1 AND project = $2 AND subject = $3
			AND kind IN ('gold.changed', 'item.removed', 'item.restored', 'task.reasked', 'task.withdrawn', 'item.batched') ORDER BY seq`: scanDone,
	} {
		err := db.each(ctx, text, []any{tn.Org, tn.Project, item}, func(rows *sql.Rows) error {
			h, err := scan(rows)
			all = append(all, h)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(all, func(a, b akhra.Happening) int { return cmp.Compare(a.At, b.At) })
	return all, nil
}

func scanSaid(rows *sql.Rows) (h akhra.Happening, err error) {
	var answer akhra.Answer
	var replaces akhra.AnnotationID
	if err := rows.Scan(&h.At, &h.By, &answer, &h.Class, &replaces, &h.Round, &h.Note); err != nil {
		return h, err
	}
	h.Kind = map[akhra.Answer]akhra.HappeningKind{akhra.AnswerClass: akhra.HappenAnswered, akhra.AnswerNotSure: akhra.HappenNotSure,
		akhra.AnswerSkip: akhra.HappenSkipped, akhra.AnswerUndo: akhra.HappenTakenBack, akhra.AnswerStrike: akhra.HappenStruck}[answer]
	if answer == akhra.AnswerClass && replaces != "" {
		h.Kind = akhra.HappenCorrected
	}
	return h, nil
}

// happened names what an event did to its picture.
var happened = map[akhra.EventKind]akhra.HappeningKind{
	akhra.EventGoldChanged: akhra.HappenGold, akhra.EventItemRemoved: akhra.HappenRemoved, akhra.EventItemRestored: akhra.HappenRestored,
	akhra.EventReasked: akhra.HappenReasked, akhra.EventWithdrawn: akhra.HappenWithdrawn, akhra.EventItemBatched: akhra.HappenBatched,
}

func scanDone(rows *sql.Rows) (h akhra.Happening, err error) {
	var kind akhra.EventKind
	var text string
	if err := rows.Scan(&h.At, &h.By, &kind, &text); err != nil {
		return h, err
	}
	var body struct {
		Class akhra.ClassID `json:"class"`
		Round int           `json:"round"`
		Batch akhra.BatchID `json:"batch"`
		Name  string        `json:"name"` // of a batch
	}
	if err := json.Unmarshal([]byte(text), &body); err != nil {
		return h, err
	}
	h.Kind, h.Class, h.Round, h.Note = happened[kind], body.Class, body.Round, body.Name
	if kind == akhra.EventGoldChanged && body.Class == "" {
		h.Kind = akhra.HappenUngold
	}
	if kind == akhra.EventItemBatched && body.Batch == "" {
		h.Kind = akhra.HappenUnbatched
	}
	return h, nil
}
