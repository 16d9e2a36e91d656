package store

import (
	"context"
	"database/sql"
	"sync"

	"akhra.dev/akhra"
)

// keptSizes is how many sizes stay in memory: a picture is given to several
// people within a short time.
const keptSizes = 4096

// sizes are how wide and high pictures are, which never changes.
type sizes struct {
	mu sync.Mutex
	of map[akhra.ItemID]sizeIn
}

type sizeIn struct {
	project akhra.ProjectID
	size    akhra.Size
}

// known adds the sizes that memory has and tells which of the pictures it has not.
func (s *sizes) known(of map[akhra.ItemID]akhra.Size, tn akhra.Tenant, ids []akhra.ItemID) (missing []akhra.ItemID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		if in, ok := s.of[id]; ok && in.project == tn.Project {
			of[id] = in.size
		} else {
			missing = append(missing, id)
		}
	}
	return missing
}

func (s *sizes) keep(tn akhra.Tenant, id akhra.ItemID, size akhra.Size) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of == nil || len(s.of) == keptSizes {
		s.of = make(map[akhra.ItemID]sizeIn, keptSizes)
	}
	s.of[id] = sizeIn{tn.Project, size}
}

// Sizes tells how wide and high some pictures are; one that the project does
// not have is absent. Cost: one read per 16 that nobody asked for lately.
func (db *DB) Sizes(ctx context.Context, tn akhra.Tenant, ids []akhra.ItemID) (map[akhra.ItemID]akhra.Size, error) {
	of := make(map[akhra.ItemID]akhra.Size, len(ids))
	err := eachOf(ctx, db, "SELECT id, width, height FROM item WHERE org = $1 AND project = $2 AND id "+ofThese, tn, db.sizes.known(of, tn, ids), func(rows *sql.Rows) error {
		var id akhra.ItemID
		var s akhra.Size
		err := rows.Scan(&id, &s.Width, &s.Height)
		of[id] = s
		db.sizes.keep(tn, id, s)
		return err
	})
	return of, err
}
