package dataset

import (
	"context"

	"akhra.dev/akhra"
)

// opinion is the model's most probable class of one picture.
type opinion struct {
	class int32
	p     float32
}

// opinions are what the model in force says of every picture; empty without
// one.
type opinions struct {
	version int64
	classes []string
	of      map[akhra.ItemID]opinion
}

func (r *Room) opinions(ctx context.Context, t akhra.Tenant, labels akhra.LabelSet) (all opinions, err error) {
	if all.version, err = r.child.Version(ctx, t); err != nil || all.version == 0 {
		return all, err
	}
	all.of = map[akhra.ItemID]opinion{}
	for _, c := range labels.Classes {
		if !c.Deleted {
			all.classes = append(all.classes, c.Name)
		}
	}
	err = r.child.Says(ctx, t, func(item akhra.ItemID, probabilities []float64) {
		say := akhra.Prediction{Probabilities: probabilities}
		if k, sure := say.Top(); k >= 0 && k < len(all.classes) {
			all.of[item] = opinion{int32(k), float32(sure)}
		}
	})
	return all, err
}

// fill gives a picture that nobody was asked about the model's class.
func (o *opinions) fill(r *akhra.Row) {
	say, ok := o.of[r.Item]
	if !ok || r.Answers > 0 || r.Class != "" {
		return
	}
	r.Class, r.Posterior, r.Source = o.classes[say.class], float64(say.p), "model"
	r.Method, r.ModelVersion = "model", o.version
}
