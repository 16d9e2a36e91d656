package door

import (
	"context"

	"akhra.dev/akhra"
	"akhra.dev/akhra/portrait"
)

// ThoughtView is what the model thought of a picture.
type ThoughtView struct {
	Class     akhra.ClassID `json:"class"`
	RightOf10 int           `json:"rightOf10" doc:"How often of ten it was right when it was this sure"`
	Near      []NearView    `json:"near"`
}

// NearView is a picture that taught it.
type NearView struct {
	Item  akhra.ItemID  `json:"item"`
	Thumb string        `json:"thumb"`
	Class akhra.ClassID `json:"class"`
}

// Thought is what the model thinks of a picture, nil when it has no say.
func (a *Door) Thought(ctx context.Context, t akhra.Tenant, item akhra.ItemID) *ThoughtView {
	if item == "" {
		return nil
	}
	said, ok := a.Engine.Portrait.Thought(ctx, t, item)
	if !ok {
		return nil
	}
	return ViewThought(t, said)
}

// ViewThought shows what the model thinks.
func ViewThought(t akhra.Tenant, said portrait.Thought) *ThoughtView {
	v := &ThoughtView{Class: said.Class, RightOf10: said.RightOf10, Near: make([]NearView, 0, len(said.Near))}
	for _, near := range said.Near {
		v.Near = append(v.Near, NearView{Item: near, Thumb: ThumbOf(t, near), Class: said.Class})
	}
	return v
}
