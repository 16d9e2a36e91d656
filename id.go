package akhra

import (
	"encoding/binary"
	"io"
	"time"

	"github.com/google/uuid"
)

// Identifiers are UUIDv7 in lower-case text, made where the fact is made.
type (
	OrgID        string
	ProjectID    string
	ItemID       string
	TaskID       string
	UserID       string // a person; an annotator is a person with answers
	AssignmentID string
	AnnotationID string
	LabelSetID   string
	ClassID      string
	JobID        string
	ReviewID     string
	ChangeID     string
	BatchID      string
	ViewID       string
	DatasetID    string
	DeviceID     string // a browser that several people share
	TableID      string
	TokenID      string
	HookID       string
)

// Seq is a position in an organisation's event log: order of Seq is order of
// commit. Gaps are allowed, disorder is not.
type Seq int64

// Tenant names whose rows a store method may see. An empty Project means the
// whole organisation.
type Tenant struct {
	Org     OrgID
	Project ProjectID
}

// Millis is a moment in integer milliseconds UTC, the only form in which the
// platform stores time.
type Millis int64

// MillisOf converts a clock reading.
func MillisOf(t time.Time) Millis { return Millis(t.UnixMilli()) }

// Time gives the moment back as a UTC time.
func (m Millis) Time() time.Time { return time.UnixMilli(int64(m)).UTC() }

// NewID makes a UUIDv7 (RFC 9562, 5.7) from the given moment and chance, so
// that tests and simulations repeat exactly. It fails only if chance does.
func NewID(now time.Time, chance io.Reader) (string, error) {
	var id uuid.UUID
	if _, err := io.ReadFull(chance, id[6:]); err != nil {
		return "", err
	}
	var stamp [8]byte
	binary.BigEndian.PutUint64(stamp[:], uint64(now.UnixMilli()))
	copy(id[:6], stamp[2:])
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	return id.String(), nil
}

// MadeAt is the moment that a UUIDv7 carries, by the clock of where it was
// made; 0 for what is none.
func MadeAt(s string) Millis {
	id, err := uuid.Parse(s)
	if err != nil || id.Version() != 7 {
		return 0
	}
	return Millis(binary.BigEndian.Uint64(id[:8]) >> 16)
}

// ValidID tells whether s is a UUID in canonical lower-case text.
func ValidID(s string) bool {
	id, err := uuid.Parse(s)
	return err == nil && id.String() == s
}
