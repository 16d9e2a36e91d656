package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"modernc.org/sqlite"

	"akhra.dev/akhra"
)

// Facts are what a database holds, by which a copy of it is known again.
type Facts struct {
	Answers int64     `json:"answers"`
	Items   int64     `json:"items"`
	Head    akhra.Seq `json:"head"` // sum of the last places of all logs
}

// Snapshot writes the whole database as it is at this moment into a new file
// that only its owner reads, and makes it durable, while people go on writing. Cost: it reads every page
// once; the write-ahead log cannot shrink meanwhile.
func (db *DB) Snapshot(ctx context.Context, path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("make the copy of the database: %w", err)
	}
	defer f.Close()
	conn, err := db.reads.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open a connection: %w", err)
	}
	defer conn.Close()
	err = conn.Raw(func(c any) error {
		copying, err := c.(interface {
			NewBackup(string) (*sqlite.Backup, error)
		}).NewBackup(path)
		if err != nil {
			return err
		}
		_, err = copying.Step(-1) // all at once, from one view of the database
		return errors.Join(err, copying.Finish())
	})
	if err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	return f.Sync()
}

// FactsOf reads what a copied database holds; whole looks at every page of it,
// too, and fails with internal when one is damaged.
func FactsOf(ctx context.Context, path string, whole bool) (f Facts, err error) {
	conn, err := sql.Open("sqlite", dsn(path, "OFF", true))
	if err != nil {
		return f, err
	}
	defer conn.Close()
	if whole {
		var told string
		if err := conn.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&told); err != nil || told != "ok" {
			return f, errors.Join(akhra.Errorf(akhra.Internal, "the database %s is damaged: %s", path, told), err)
		}
	}
	return f, conn.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM annotation), (SELECT COUNT(*) FROM item),
		(SELECT COALESCE(CAST(SUM(seq) AS BIGINT), 0) FROM (SELECT MAX(seq) AS seq FROM log GROUP BY org) heads)`).Scan(&f.Answers, &f.Items, &f.Head)
}

// Blobs streams the SHA-256 of every blob that the database names, some more
// than once.
func (db *DB) Blobs(ctx context.Context, fn func(hash string) error) error {
	return db.each(ctx, `SELECT blob FROM item UNION ALL SELECT variant320 FROM item UNION ALL SELECT variant720 FROM item
		UNION ALL SELECT variant1440 FROM item UNION ALL SELECT thumb FROM item UNION ALL SELECT blob FROM recipe
		UNION ALL SELECT blob FROM backbone UNION ALL SELECT blob FROM dataset UNION ALL SELECT blob FROM table_in UNION ALL SELECT blob FROM guideline_picture`, nil, func(rows *sql.Rows) error {
		var hash string
		if err := rows.Scan(&hash); err != nil || len(hash) != 64 {
			return err
		}
		return fn(hash)
	})
}
