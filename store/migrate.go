package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"

	"akhra.dev/akhra"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings a database to the newest form.
func migrate(ctx context.Context, conn *sql.DB, dir string) error {
	p, err := steps(conn)
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return openError(dir, err)
	}
	return nil
}

func steps(conn *sql.DB) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, conn, files, goose.WithAllowOutofOrder(true)) // numbers are given out before they land
	if err != nil {
		return nil, fmt.Errorf("prepare migrations: %w", err)
	}
	return p, nil
}

// refuseNewer fails with precondition when a version of Akhra wrote the
// database that knew a form this one does not. It only reads.
func refuseNewer(ctx context.Context, dir, path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	conn, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		return fmt.Errorf("open database to look at it: %w", err)
	}
	defer conn.Close()
	p, err := steps(conn)
	if err != nil {
		return err
	}
	known := map[int64]bool{0: true}
	for _, s := range p.ListSources() {
		known[s.Version] = true
	}
	has, err := formsOf(ctx, conn)
	if err != nil {
		return openError(dir, err)
	}
	for _, version := range has {
		if !known[version] {
			return akhra.Errorf(akhra.Precondition, "The data folder %s was written by a newer version of Akhra. Start that version; nothing was changed.", dir)
		}
	}
	return nil
}

// formsOf are the numbers of the steps a database went through, none when it
// is empty.
func formsOf(ctx context.Context, conn *sql.DB) (versions []int64, err error) {
	var begun bool
	if err := conn.QueryRowContext(ctx, "SELECT COUNT(*) > 0 FROM sqlite_master WHERE name = 'goose_db_version'").Scan(&begun); err != nil || !begun {
		return nil, err
	}
	rows, err := conn.QueryContext(ctx, "SELECT version_id FROM goose_db_version WHERE is_applied")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var v int64
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		versions = append(versions, v)
	}
	return versions, rows.Err()
}

func openError(dir string, err error) error {
	switch {
	case isFull(err):
		return akhra.Errorf(akhra.Unavailable, "The disk of %s is full. Free some space and start again; nothing is lost.", dir)
	case sqliteCode(err)&0xff == codeReadOnly || sqliteCode(err)&0xff == codeCantOpen:
		return akhra.Errorf(akhra.Unavailable, "The data folder %s cannot be written to. Check who owns it, or choose another with --data.", dir)
	case sqliteCode(err)&0xff == codeNotADB:
		return akhra.Errorf(akhra.Precondition, "%s is not an Akhra database. It was left as it is.", filepath.Join(dir, "akhra.db"))
	}
	return fmt.Errorf("bring database up to date: %w", err)
}
