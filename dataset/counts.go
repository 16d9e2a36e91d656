package dataset

import (
	"akhra.dev/akhra"
)

// counts is what goes through the hands of whoever writes a version, for its
// card.
type counts struct {
	pictures, classed, answers int
	left                       int
	classes, sources           map[string]int
	people                     map[akhra.UserID]bool
	items                      map[akhra.ItemID]bool // of votes, with whether one named a class: a picture may have several
	model                      int64
}

func newCounts() *counts {
	return &counts{classes: map[string]int{}, sources: map[string]int{}, people: map[akhra.UserID]bool{}, items: map[akhra.ItemID]bool{}}
}

func (c *counts) row(r akhra.Row) {
	c.pictures++
	c.answers += r.Answers
	if r.Class == "" {
		return
	}
	c.classed++
	c.classes[r.Class]++
	c.sources[r.Source]++
	c.model = max(c.model, r.ModelVersion)
}

func (c *counts) vote(v akhra.Vote) {
	c.answers++
	c.people[v.By] = true
	classed, seen := c.items[v.Item]
	if !seen {
		c.pictures++
	}
	if c.items[v.Item] = classed || v.Class != ""; classed || v.Class == "" {
		return
	}
	c.classed++
	c.classes[v.Class]++
}

// onlyClassed tells that pictures without a class are not in the file.
func (c *counts) onlyClassed() {
	c.left = c.pictures - c.classed
	c.pictures = c.classed
}

// fill writes the counts on a card, with every class there is now.
func (c *counts) fill(card *akhra.Card, labels akhra.LabelSet) {
	card.Pictures, card.Classed, card.Left, card.Answers, card.People, card.Model = c.pictures, c.classed, c.left, c.answers, len(c.people), c.model
	for _, class := range labels.Classes {
		if !class.Deleted || c.classes[class.Name] > 0 {
			card.Classes = append(card.Classes, akhra.CardClass{Name: class.Name, Words: class.Words, Pictures: c.classes[class.Name]})
		}
	}
	for _, s := range sourceWords {
		if n := c.sources[s.source]; n > 0 {
			card.Sources = append(card.Sources, akhra.CardSource{Source: s.source, Pictures: n})
		}
	}
}
