package store

import (
	"context"
	"database/sql"
	"slices"
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

// sizesAtOnce is how many pictures one statement reads.
const sizesAtOnce = 16

// Sizes tells how wide and high some pictures are; one that the project does
// not have is absent. Cost: one read per 16 that nobody asked for lately.
func (db *DB) Sizes(ctx context.Context, tn akhra.Tenant, ids []akhra.ItemID) (map[akhra.ItemID]akhra.Size, error) {
	of := make(map[akhra.ItemID]akhra.Size, len(ids))
	for some := range slices.Chunk(db.sizes.known(of, tn, ids), sizesAtOnce) {
		args := []any{tn.Org, tn.Project}
		for i := range sizesAtOnce {
			args = append(args, some[min(i, len(some)-1)]) // the last again and again: one statement reads any number
		}
		err := db.each(ctx, `SELECT id, width, height FROM item WHERE org = $1 AND project = $2
			AND id IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`, args, func(rows *sql.Rows) error {
			var id akhra.ItemID
			var s akhra.Size
			err := rows.Scan(&id, &s.Width, &s.Height)
			of[id] = s
			db.sizes.keep(tn, id, s)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return of, nil
}
