package consensus

import (
	"encoding/json"
	"fmt"

	"akhra.dev/akhra"
)

// settledBody is the body of a gold.changed and of a review.settled event.
type settledBody struct {
	Task  akhra.TaskID  `json:"task"`
	Item  akhra.ItemID  `json:"item"`
	Class akhra.ClassID `json:"class"`
}

func readSettled(e akhra.Event) (body settledBody, err error) {
	if err := json.Unmarshal([]byte(e.Body), &body); err != nil {
		return body, fmt.Errorf("read event %d of kind %s: %w", e.Seq, e.Kind, err)
	}
	return body, nil
}

func (p *project) goldChanged(e akhra.Event) error {
	body, err := readSettled(e)
	if err == nil {
		p.setGold(body.Task, body.Item, body.Class)
	}
	return err
}

func (p *project) reviewSettled(e akhra.Event) error {
	body, err := readSettled(e)
	if err == nil {
		p.setReview(body.Task, body.Item, body.Class)
	}
	return err
}

// setGold notes the known answer of a task; no class takes it away. A class
// that is gone is known no more.
func (p *project) setGold(id akhra.TaskID, item akhra.ItemID, class akhra.ClassID) {
	p.change(p.task(id, item), func(one *task) { one.gold = p.classOr(class) })
}

// setReview notes what a reviewer decided.
func (p *project) setReview(id akhra.TaskID, item akhra.ItemID, class akhra.ClassID) {
	p.change(p.task(id, item), func(one *task) { one.review = p.classOr(class) })
}

func (p *project) classOr(class akhra.ClassID) int32 {
	if k, live := p.place[class]; live {
		return int32(k)
	}
	return none
}
