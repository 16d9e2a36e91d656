package project

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/certify"
	"akhra.dev/akhra/learn"
)

// PromiseView is the newest promise and how far its proof is. Nothing of the
// audit's answers is told before a look.
type PromiseView struct {
	State    akhra.PromiseState `json:"state" enum:"open,due,kept,miss,small"`
	Target   float64            `json:"target"`
	Delta    float64            `json:"delta"`
	Pictures int                `json:"pictures" doc:"That the promise speaks of"`
	Audit    int                `json:"audit" doc:"Of them drawn at random"`
	Asked    int                `json:"asked" doc:"Of those drawn, how many still want answers"`
	Review   int                `json:"review" doc:"Of those drawn, how many wait for somebody who decides"`
	More     int                `json:"more" doc:"Answers it is expected to take still, by a forecast"`
	Accepted int                `json:"accepted" doc:"Pictures the model decides: expected, or certified"`
	Known    bool               `json:"known" doc:"Enough was asked at random for a forecast"`
}

// viewPromise is nil without a promise that counts.
func (a *room) viewPromise(ctx context.Context, t akhra.Tenant) (*PromiseView, *CertifiedView, error) {
	all, err := a.DB.Promises(ctx, t)
	if err != nil {
		return nil, nil, fmt.Errorf("read promises: %w", err)
	}
	var certified *CertifiedView
	for _, p := range all {
		if look := p.Kept(); look != nil {
			certified = &CertifiedView{Wrong: 1 - p.Target, Confidence: 1 - p.Delta, Delivered: p.Items}
			if certified.By, err = a.NameOf(ctx, t.Org, look.By); err != nil {
				return nil, nil, err
			}
		}
	}
	if len(all) == 0 || all[len(all)-1].State == akhra.PromiseVoid {
		return nil, certified, nil
	}
	p := all[len(all)-1]
	o := a.Engine.Certify.Outlook(t)
	v := &PromiseView{State: p.State, Target: p.Target, Delta: p.Delta, Pictures: p.Items, Audit: p.Audit, Asked: o.Audit, Review: o.Review,
		More: o.More, Accepted: o.Accepted, Known: o.Known}
	if look := p.Kept(); look != nil {
		v.Accepted = look.Accepted
	}
	return v, certified, nil
}

// PriceView is what a promise would cost, told before it is chosen.
type PriceView struct {
	Pictures int    `json:"pictures" doc:"That nobody has answered yet: the promise would speak of them"`
	Audit    int    `json:"audit" doc:"Of them drawn at random"`
	Each     int    `json:"each" doc:"Answers to each of those"`
	Answers  int    `json:"answers" doc:"Audit times each"`
	Least    int    `json:"least" doc:"Pictures that any proof of it needs"`
	Allowed  int    `json:"allowed" doc:"Of those drawn, how many may be wrong"`
	Words    string `json:"words" enum:"ok,small,flawless,dear" doc:"small: too few pictures; flawless: one wrong picture of those drawn breaks it; dear: it takes answers to more than half of all"`
}

func (a *room) routePromise() {
	type ask struct {
		door.InProject
		Target float64 `query:"target" minimum:"0.5" maximum:"0.999"`
		Delta  float64 `query:"delta" minimum:"0.001" maximum:"0.5"`
	}
	door.Register(a.Door, "promise-price", func(ctx context.Context, in *ask) (*door.Body[PriceView], error) {
		return door.Answer(a.price(ctx, door.CallerIn(ctx).Tenant(in.Project), in.Target, in.Delta))
	})
}

func (a *room) price(ctx context.Context, t akhra.Tenant, target, delta float64) (PriceView, error) {
	p, err := a.Known(ctx, t)
	if err != nil {
		return PriceView{}, err
	}
	n, err := a.DB.Counts(ctx, t)
	if err != nil {
		return PriceView{}, fmt.Errorf("count a project: %w", err)
	}
	s := p.Project.Settings
	s.Target, s.Delta = target, delta
	spent := delta / float64(max(1, s.Looks))
	v := PriceView{Pictures: n.Items - n.Asked, Each: max(1, min(akhra.AuditAnswers, n.Annotators)), Least: learn.AuditSize(1-target, spent), Words: "ok"}
	v.Audit = certify.AuditSize(s, v.Pictures)
	v.Answers, v.Allowed = v.Audit*v.Each, max(0, learn.Allowed(v.Audit, 1-target, spent))
	switch {
	case v.Audit == 0:
		v.Words = "small"
	case v.Allowed == 0:
		v.Words = "flawless"
	case 2*v.Answers > n.Items:
		v.Words = "dear"
	}
	return v, nil
}

// untested refuses another promise once the audit was looked at: each test
// spends a part of the allowed chance of error, which was fixed before.
func (a *room) untested(ctx context.Context, t akhra.Tenant, before, after akhra.Settings) error {
	if before.Target == after.Target && before.Delta == after.Delta && before.Looks == after.Looks && before.Audit == after.Audit {
		return nil
	}
	all, err := a.DB.Promises(ctx, t)
	if err != nil {
		return fmt.Errorf("read promises: %w", err)
	}
	if n := len(all); n > 0 && all[n-1].State != akhra.PromiseVoid && len(all[n-1].Taken) > 0 {
		return akhra.Errorf(akhra.Conflict, "The promise was tested already, so it stays. New pictures can have another.")
	}
	return nil
}
