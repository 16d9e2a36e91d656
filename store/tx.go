package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"

	"akhra.dev/akhra"
)

// tx is the transaction of one batch, as a request sees it. Statements are
// prepared once and kept for the life of the writer. They go to the driver
// directly: database/sql between would cost a third of a small write.
type tx struct {
	w      *writer
	ctx    context.Context
	conn   driver.ConnPrepareContext
	events []akhra.Event                // appended to the log
	leases map[akhra.AssignmentID]given // made, to be remembered
}

func (t *tx) plain(text string) error {
	_, err := t.exec(text)
	return err
}

func (t *tx) stmt(text string) (driver.Stmt, error) {
	if s, ok := t.w.stmts[text]; ok {
		return s, nil
	}
	s, err := t.conn.PrepareContext(t.ctx, text)
	if err == nil {
		t.w.stmts[text] = s
	}
	return s, err
}

// exec runs a statement and returns how many rows it changed.
func (t *tx) exec(text string, args ...any) (int64, error) {
	s, err := t.stmt(text)
	if err != nil {
		return 0, err
	}
	if t.w.values, err = named(t.w.values, args); err != nil {
		return 0, err
	}
	r, err := s.(driver.StmtExecContext).ExecContext(t.ctx, t.w.values)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// row reads one row into targets; sql.ErrNoRows when there is none.
func (t *tx) row(text string, args []any, targets ...any) error {
	err := t.each(text, args, func(row scanner) error {
		if err := row.Scan(targets...); err != nil {
			return err
		}
		return errEnough
	})
	switch {
	case err == nil:
		return sql.ErrNoRows
	case errors.Is(err, errEnough):
		return nil
	}
	return err
}

// errEnough ends the reading of rows; it never leaves the package.
var errEnough = errors.New("enough rows")

// each reads rows one by one; scan must not run statements.
func (t *tx) each(text string, args []any, scan func(scanner) error) (err error) {
	s, err := t.stmt(text)
	if err != nil {
		return err
	}
	if t.w.values, err = named(t.w.values, args); err != nil {
		return err
	}
	rows, err := s.(driver.StmtQueryContext).QueryContext(t.ctx, t.w.values)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	row := make(driverRow, len(rows.Columns()))
	for {
		if err := rows.Next(row); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := scan(row); err != nil {
			return err
		}
	}
}

func eachRow(rows *sql.Rows, scan func(*sql.Rows) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// bare runs one request that is expected to succeed.
func (t *tx) bare(do func(*tx) error) (result, batch error) {
	if err := do(t); isFull(err) || isDiskFault(err) {
		return nil, err
	} else if err != nil {
		return nil, errAgain
	}
	return nil, nil
}

// savepoint runs one request so that its failure undoes it alone. The second
// result is set when the whole batch must be given up.
func (t *tx) savepoint(do func(*tx) error) (result, batch error) {
	if err := t.plain("SAVEPOINT request"); err != nil {
		return nil, err
	}
	before := len(t.events)
	if result = do(t); result == nil {
		return nil, t.plain("RELEASE request")
	}
	t.events = t.events[:before]
	clear(t.leases) // some are undone; none needs to be remembered
	t.w.forget()
	if isFull(result) || isDiskFault(result) {
		return nil, result
	}
	if err := t.plain("ROLLBACK TO request"); err != nil {
		return nil, errors.Join(result, err)
	}
	return result, t.plain("RELEASE request")
}

func (t *tx) rollback(cause error) error {
	_ = t.plain("ROLLBACK") // SQLite may have rolled back by itself
	return cause
}

// nextSeq tells the organisation's next position in the log, which eventAt
// takes: order of seq is order of commit, since only the writer asks.
func (t *tx) nextSeq(org akhra.OrgID) (akhra.Seq, error) {
	head, ok := t.w.heads[org]
	if !ok {
		if err := t.row("SELECT COALESCE(MAX(seq), 0) FROM log WHERE org = $1", []any{org}, &head); err != nil {
			return 0, err
		}
	}
	t.w.heads[org] = head
	return head + 1, nil
}

// event appends one event and returns its place.
func (t *tx) event(e akhra.Event) (akhra.Seq, error) {
	seq, err := t.nextSeq(e.Org)
	if err != nil {
		return 0, err
	}
	return seq, t.eventAt(seq, e)
}

func (t *tx) eventAt(seq akhra.Seq, e akhra.Event) error {
	if e.At == 0 {
		e.At = akhra.MillisOf(t.w.now())
	}
	_, err := t.exec(`INSERT INTO log (org, seq, project, kind, actor, subject, body, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		e.Org, seq, e.Project, e.Kind, e.Actor, e.Subject, e.Body, e.At)
	e.Seq = seq
	t.events = append(t.events, e)
	t.w.heads[e.Org] = seq
	return err
}
