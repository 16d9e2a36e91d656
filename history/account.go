package history

import "fmt"

// Answer is one answer that a server has and counts.
type Answer struct{ ID, Who, Item, Class string }

// Account is a history beside what is there.
type Account struct {
	Acked int      // answers and pictures whose sender was told they are stored
	Lost  []string // of these, what is not there, not whole or not what was sent
	Twice []string // answers counted more than once, or that nobody sent or that were taken back
}

// Good tells that nothing is lost and nothing is there twice.
func (a *Account) Good() bool { return len(a.Lost) == 0 && len(a.Twice) == 0 }

// Add puts another account to this one.
func (a *Account) Add(b Account) {
	a.Acked += b.Acked
	a.Lost, a.Twice = append(a.Lost, b.Lost...), append(a.Twice, b.Twice...)
}

// Check compares the history with the answers that count, and asks whole about
// each picture.
func (h *History) Check(there []Answer, whole func(hash string) error) Account {
	h.mu.Lock()
	defer h.mu.Unlock()
	var a Account
	h.excess(there, &a)
	h.missing(there, &a)
	for hash, f := range h.pictures {
		if f != Stored {
			continue
		}
		a.Acked++
		if err := whole(hash); err != nil {
			a.Lost = append(a.Lost, fmt.Sprintf("picture %s: %v", hash, err))
		}
	}
	return a
}

// excess finds what must not be there.
func (h *History) excess(there []Answer, a *Account) {
	counted, byPlace := map[string]bool{}, map[string]int{}
	for _, s := range there {
		one, known := h.answers[s.ID]
		switch {
		case !known:
			a.Twice = append(a.Twice, fmt.Sprintf("%s: nobody sent it", s.ID))
		case counted[s.ID]:
			a.Twice = append(a.Twice, fmt.Sprintf("%s: counted twice", s.ID))
		case one.fate == Refused:
			a.Twice = append(a.Twice, fmt.Sprintf("%s: refused and stored", s.ID))
		case h.takenBack(s.ID) == Stored:
			a.Twice = append(a.Twice, fmt.Sprintf("%s: taken back and counted", s.ID))
		}
		counted[s.ID] = true
		if byPlace[s.Who+" "+s.Item]++; byPlace[s.Who+" "+s.Item] == 2 {
			a.Twice = append(a.Twice, fmt.Sprintf("%s on %s: counted twice", s.Who, s.Item))
		}
	}
}

// missing finds what must be there, as it was sent.
func (h *History) missing(there []Answer, a *Account) {
	byID := make(map[string]Answer, len(there))
	for _, s := range there {
		byID[s.ID] = s
	}
	for id, one := range h.answers {
		s, kept := byID[id]
		if one.fate == Stored {
			a.Acked++
			if !kept && one.who != "" && h.takenBack(id) == Refused {
				a.Lost = append(a.Lost, fmt.Sprintf("%s of %s: acknowledged and gone", id, one.who))
			}
		}
		if kept && s != (Answer{id, one.who, one.item, one.class}) {
			a.Lost = append(a.Lost, fmt.Sprintf("%s: sent %+v, stored %+v", id, one, s))
		}
	}
}

// takenBack is the fate of an answer's undo; Refused when there is none.
func (h *History) takenBack(id string) Fate {
	undo, sent := h.undone[id]
	if !sent {
		return Refused
	}
	return h.answers[undo].fate
}
