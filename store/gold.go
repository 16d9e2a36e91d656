package store

import (
	"context"
	"database/sql"
	"errors"

	"akhra.dev/akhra"
)

const goldColumns = "item, task, class, source, set_by, created"

func scanGold(row scanner) (g akhra.Gold, err error) {
	return g, row.Scan(&g.Item, &g.Task, &g.Class, &g.Source, &g.By, &g.Created)
}

// SetGold stores known answers, all or none. One without a task is about the
// picture's newest. A row that the project has already, of the same task and
// class, changes nothing and is not told in the log.
func (db *DB) SetGold(ctx context.Context, tn akhra.Tenant, rows []akhra.Gold) error {
	return db.write(ctx, func(t *tx) error {
		for _, g := range rows {
			if err := t.setGold(tn, g); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tx) setGold(tn akhra.Tenant, g akhra.Gold) error {
	if err := g.Validate(); err != nil {
		return err
	}
	if err := t.goldTask(tn, &g); err != nil {
		return err
	}
	if known, err := t.knowsClass(tn, g.Class); err != nil {
		return err
	} else if !known {
		return akhra.InvalidField("class", "This project has no such class.")
	}
	n, err := t.exec("INSERT INTO gold (org, project, "+goldColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (org, project, item) DO UPDATE SET task = excluded.task, class = excluded.class,
		source = excluded.source, set_by = excluded.set_by, created = excluded.created
		WHERE gold.task <> excluded.task OR gold.class <> excluded.class`,
		tn.Org, tn.Project, g.Item, g.Task, g.Class, g.Source, g.By, akhra.MillisOf(t.w.now()))
	if err != nil || n == 0 {
		return err
	}
	return t.goldChanged(tn, g)
}

// goldTask checks the task of a known answer, or finds it.
func (t *tx) goldTask(tn akhra.Tenant, g *akhra.Gold) error {
	err := t.row(`SELECT id FROM task WHERE org = $1 AND project = $2 AND item = $3 AND (id = $4 OR $4 = '')
		ORDER BY round DESC LIMIT 1`, []any{tn.Org, tn.Project, g.Item, g.Task}, &g.Task)
	return found(err, "picture")
}

// goldChanged is the body of a gold.changed event. Class is "" when the known
// answer was taken away.
type goldChanged struct {
	Item  akhra.ItemID  `json:"item"`
	Task  akhra.TaskID  `json:"task"`
	Class akhra.ClassID `json:"class"`
}

func (t *tx) goldChanged(tn akhra.Tenant, g akhra.Gold) error {
	_, err := t.event(akhra.Event{Org: tn.Org, Project: tn.Project, Kind: akhra.EventGoldChanged, Actor: g.By,
		Subject: string(g.Item), Body: encode(goldChanged{g.Item, g.Task, g.Class})})
	return err
}

// RemoveGold takes the known answer of a picture away. A picture that has none
// stays as it is.
func (db *DB) RemoveGold(ctx context.Context, tn akhra.Tenant, item akhra.ItemID, by akhra.UserID) error {
	return db.write(ctx, func(t *tx) error { return t.removeGold(tn, item, by) })
}

func (t *tx) removeGold(tn akhra.Tenant, item akhra.ItemID, by akhra.UserID) error {
	g := akhra.Gold{Item: item, By: by}
	err := t.row("DELETE FROM gold WHERE org = $1 AND project = $2 AND item = $3 RETURNING task", []any{tn.Org, tn.Project, item}, &g.Task)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return t.goldChanged(tn, g)
}

// Gold streams the known answers of a project, in no order.
func (db *DB) Gold(ctx context.Context, tn akhra.Tenant, fn func(akhra.Gold) error) error {
	return db.each(ctx, "SELECT "+goldColumns+" FROM gold WHERE org = $1 AND project = $2", []any{tn.Org, tn.Project}, func(rows *sql.Rows) error {
		g, err := scanGold(rows)
		if err != nil {
			return err
		}
		return fn(g)
	})
}

// GoldUses counts the known answers of a project by their class.
func (db *DB) GoldUses(ctx context.Context, tn akhra.Tenant) (map[akhra.ClassID]int, error) {
	uses := map[akhra.ClassID]int{}
	err := db.each(ctx, "SELECT class, COUNT(*) FROM gold WHERE org = $1 AND project = $2 GROUP BY class", []any{tn.Org, tn.Project}, func(rows *sql.Rows) error {
		var class akhra.ClassID
		var n int
		err := rows.Scan(&class, &n)
		uses[class] = n
		return err
	})
	return uses, err
}

// GoldOf reads the known answers of some pictures; one that has none is absent.
func (db *DB) GoldOf(ctx context.Context, tn akhra.Tenant, items []akhra.ItemID) (map[akhra.ItemID]akhra.Gold, error) {
	of := map[akhra.ItemID]akhra.Gold{}
	for _, id := range items {
		all, err := list(ctx, db, "SELECT "+goldColumns+" FROM gold WHERE org = $1 AND project = $2 AND item = $3", []any{tn.Org, tn.Project, id}, scanGold)
		if err != nil {
			return nil, err
		}
		if len(all) == 1 {
			of[id] = all[0]
		}
	}
	return of, nil
}

// GoldFor chooses at most n tasks with a known answer that an annotator never
// had, least often asked first; those asked equally often come in no order
// that tells anything. She is not asked what she herself declared known. Cost:
// one index search per known answer of the project.
func (db *DB) GoldFor(ctx context.Context, tn akhra.Tenant, annotator akhra.UserID, n int) ([]akhra.Slot, error) {
	return list(ctx, db, `SELECT g.task, g.item FROM gold g WHERE g.org = $1 AND g.project = $2
		AND (g.source = $5 OR g.set_by <> $3)
		AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.org = g.org AND a.project = g.project AND a.task = g.task AND a.annotator = $3)
		AND NOT EXISTS (SELECT 1 FROM item i WHERE i.org = g.org AND i.project = g.project AND i.id = g.item AND i.removed > 0)
		ORDER BY (SELECT COUNT(*) FROM assignment a WHERE a.org = g.org AND a.project = g.project AND a.task = g.task),
		substr(g.task, 25) LIMIT $4`, []any{tn.Org, tn.Project, annotator, n, akhra.GoldImport}, func(row scanner) (akhra.Slot, error) {
		s := akhra.Slot{Why: akhra.WhyGold}
		return s, row.Scan(&s.Task, &s.Item)
	})
}
