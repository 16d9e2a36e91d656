package catalogue

import (
	"context"

	"akhra.dev/akhra"
)

// Classes counts the pictures of a project by their class of now: the one people
// settled, or, where nothing is inferred yet, the one that was said first, and
// beside them those that a certificate decided. Cost: one pass over the
// entries; the first time as [Room.Find].
func (r *Room) Classes(ctx context.Context, t akhra.Tenant) (settled, accepted map[akhra.ClassID]int, err error) {
	sh, err := r.open(ctx, t)
	if err != nil {
		return nil, nil, err
	}
	sh.mu.RLock()
	defer sh.mu.RUnlock()
	names := &sh.table.classes
	said, decided := make([]int, len(names.of)), make([]int, len(names.of))
	for i := range sh.table.rows {
		r := &sh.table.rows[i]
		switch class := r.said(); {
		case r.removed:
		case class != none:
			said[class]++
		case r.class != none:
			decided[r.class]++
		}
	}
	return byName(names, said), byName(names, decided), nil
}

// said is the class of a picture that people gave it.
func (r *row) said() int16 {
	if r.asked > 0 || r.gold != none {
		return r.class
	}
	for _, v := range r.voices {
		if v.now && v.class != none {
			return v.class
		}
	}
	return none
}
