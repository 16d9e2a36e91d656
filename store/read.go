package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"akhra.dev/akhra"
)

// read returns a statement prepared once for all readers.
func (db *DB) read(ctx context.Context, text string) (*sql.Stmt, error) {
	if s, ok := db.stmts.Load(text); ok {
		return s.(*sql.Stmt), nil
	}
	s, err := db.reads.PrepareContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("prepare a read: %w", err)
	}
	if first, raced := db.stmts.LoadOrStore(text, s); raced {
		s.Close()
		return first.(*sql.Stmt), nil
	}
	return s, nil
}

// one reads one row into targets; sql.ErrNoRows when there is none.
func (db *DB) one(ctx context.Context, text string, args []any, targets ...any) error {
	s, err := db.read(ctx, text)
	if err != nil {
		return err
	}
	return s.QueryRowContext(ctx, args...).Scan(targets...)
}

// each streams rows; scan may run other statements.
func (db *DB) each(ctx context.Context, text string, args []any, scan func(*sql.Rows) error) error {
	s, err := db.read(ctx, text)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	return eachRow(rows, scan)
}

// atOnce is how many ids one statement takes, and ofThese names them, after the
// organisation and the project.
const (
	atOnce  = 16
	ofThese = "IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
)

// eachOf streams the rows of some ids of a project; text ends in ofThese. Cost:
// one read per 16.
func eachOf[ID ~string](ctx context.Context, db *DB, text string, tn akhra.Tenant, ids []ID, scan func(*sql.Rows) error) error {
	for some := range slices.Chunk(ids, atOnce) {
		args := []any{tn.Org, tn.Project}
		for i := range atOnce {
			args = append(args, some[min(i, len(some)-1)]) // the last again and again: one statement reads any number
		}
		if err := db.each(ctx, text, args, scan); err != nil {
			return err
		}
	}
	return nil
}

// list reads all rows of a query through one scanner.
func list[T any](ctx context.Context, db *DB, text string, args []any, scan func(scanner) (T, error)) ([]T, error) {
	var all []T
	err := db.each(ctx, text, args, func(rows *sql.Rows) error {
		one, err := scan(rows)
		all = append(all, one)
		return err
	})
	return all, err
}

// scanner is a row, be it the only one or one of many.
type scanner interface{ Scan(targets ...any) error }
