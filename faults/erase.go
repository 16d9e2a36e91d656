//go:build linux

package main

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"time"

	"akhra.dev/akhra/history"
)

// eraseAside makes a project beside the one people work in, with pictures and
// answers of its own, and asks for it to be erased.
func (h *house) eraseAside(from *rand.Rand) {
	id := newID()
	at := "/api/projects/" + id
	body := map[string]any{"id": id, "name": id, "question": "What is it?", "classes": []class{{newID(), "pest", "1"}, {newID(), "leaf", "2"}}}
	if h.owner.json("POST", "/api/projects", body, nil) != nil {
		return
	}
	for range 4 {
		_, _ = h.owner.send("POST", at+"/pictures?name=aside.png", "image/png", drawn(from))
	}
	_ = h.owner.json("POST", at+"/lease", map[string]int{"n": 4}, nil)
	if h.owner.json("POST", at+"/erase", map[string]string{"name": id}, nil) == nil {
		h.erased = append(h.erased, id)
	}
}

// leftOver adds to an account what is still there of projects whose erasing was
// acknowledged, and what belongs to no project.
func (h *house) leftOver(sum *history.Account) error {
	for end := time.Now().Add(workPatience); ; time.Sleep(50 * time.Millisecond) {
		var erasing int
		err := h.look(func(db *sql.DB) error {
			return db.QueryRow("SELECT COUNT(*) FROM project WHERE state = 'erasing'").Scan(&erasing)
		})
		if err != nil || erasing == 0 {
			break
		}
		if time.Now().After(end) {
			return fmt.Errorf("%d projects are still being erased: %s", erasing, h.running.last())
		}
	}
	sum.Acked += len(h.erased)
	return h.look(func(db *sql.DB) error {
		for _, id := range h.erased {
			if err := count(db, "project", "id = '"+id+"'", sum); err != nil {
				return err
			}
		}
		rows, err := db.Query("SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'project'")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var table string
			if err := rows.Scan(&table); err != nil {
				return err
			}
			if err := count(db, table, "project <> '' AND project NOT IN (SELECT id FROM project)", sum); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// count adds rows that must not be there.
func count(db *sql.DB, table, which string, sum *history.Account) error {
	var n int
	err := db.QueryRow("SELECT COUNT(*) FROM " + table + " WHERE " + which).Scan(&n)
	if n > 0 {
		sum.Twice = append(sum.Twice, fmt.Sprintf("%s has %d rows of projects that were erased", table, n))
	}
	return err
}
