package history

import (
	"sync"
)

// History is what was sent and heard. It is safe for concurrent use.
type History struct {
	mu       sync.Mutex
	answers  map[string]sent
	undone   map[string]string // the undo of an answer, by the answer
	pictures map[string]Fate   // by the SHA-256 of what was sent
}

// Fate is what somebody was told.
type Fate int

// The fates: Stored and Refused were said, Unknown is what was not heard.
const (
	Unknown Fate = iota
	Stored
	Refused
)

// sent is one answer or undo that left a device.
type sent struct {
	who, item, class string
	fate             Fate
}

// New is the history of people who have sent nothing yet.
func New() *History {
	return &History{answers: map[string]sent{}, undone: map[string]string{}, pictures: map[string]Fate{}}
}

// Send notes an answer before it leaves; sending it again changes nothing.
func (h *History) Send(id, who, item, class string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.send(id, sent{who: who, item: item, class: class})
}

// Undo notes that an answer is taken back, before that leaves.
func (h *History) Undo(id, answer string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.send(id, sent{})
	h.undone[answer] = id
}

func (h *History) send(id string, one sent) {
	if _, before := h.answers[id]; !before {
		h.answers[id] = one
	}
}

// Hear notes what somebody was told of an answer or undo.
func (h *History) Hear(id string, f Fate) {
	h.mu.Lock()
	defer h.mu.Unlock()
	one := h.answers[id]
	one.fate = f
	h.answers[id] = one
}

// Picture notes a picture that was sent, or what became of it.
func (h *History) Picture(hash string, f Fate) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.pictures[hash] != Stored {
		h.pictures[hash] = f
	}
}

// PictureFate is what was heard of a picture.
func (h *History) PictureFate(hash string) Fate {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.pictures[hash]
}

// Knows tells whether an answer is one that was sent here.
func (h *History) Knows(id string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, known := h.answers[id]
	return known
}

// Acknowledged counts the answers and pictures that people were told are stored.
func (h *History) Acknowledged() (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, one := range h.answers {
		if one.fate == Stored {
			n++
		}
	}
	for _, f := range h.pictures {
		if f == Stored {
			n++
		}
	}
	return n
}
