package store

import (
	"database/sql"
	"errors"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"akhra.dev/akhra"
)

const (
	codeReadOnly = lib.SQLITE_READONLY
	codeCantOpen = lib.SQLITE_CANTOPEN
	codeNotADB   = lib.SQLITE_NOTADB
	codeShmSize  = 4874 // SQLITE_IOERR_SHMSIZE, a sign of a full disk
)

func sqliteCode(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()
	}
	return 0
}

func isFull(err error) bool {
	code := sqliteCode(err)
	return code&0xff == lib.SQLITE_FULL || code == codeShmSize
}

// isDiskFault tells an error after which the kernel may have dropped dirty
// pages: retrying could report success for bytes that are gone.
func isDiskFault(err error) bool {
	code := sqliteCode(err)
	return code&0xff == lib.SQLITE_IOERR && code != codeShmSize
}

func isUnique(err error) bool {
	code := sqliteCode(err)
	return code == lib.SQLITE_CONSTRAINT_UNIQUE || code == lib.SQLITE_CONSTRAINT_PRIMARYKEY
}

// found turns "no rows" into the kind sentence of a missing thing.
func found(err error, what string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return akhra.Errorf(akhra.NotFound, "There is no such %s.", what)
	}
	return err
}
