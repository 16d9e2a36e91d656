package learn

import "slices"

// Lowest keeps the smallest of what is added, at most Most of them in the order
// By, in one pass and little memory.
type Lowest[T any] struct {
	Most int
	By   func(a, b T) int
	kept []T
	full bool // kept[Most-1] bounds what may still enter
}

// Add offers a value.
func (l *Lowest[T]) Add(v T) {
	if l.Most <= 0 || l.full && l.By(v, l.kept[l.Most-1]) >= 0 {
		return
	}
	if l.kept = append(l.kept, v); len(l.kept) >= 2*l.Most {
		l.List()
		l.full = true
	}
}

// List returns what was kept, smallest first.
func (l *Lowest[T]) List() []T {
	slices.SortFunc(l.kept, l.By)
	l.kept = l.kept[:min(l.Most, len(l.kept))]
	return l.kept
}
