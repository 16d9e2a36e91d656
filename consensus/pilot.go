package consensus

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
)

// What a pilot needs before other tasks may stop (docs/TRUTH.md 5). A large project
// knows its people well enough from mostPilot tasks.
const (
	pilotLeast = 5   // answers that fill a task of the pilot
	pilotShare = 0.9 // of the pilot's tasks that must be full
	mostPilot  = 500
)

// pilot counts the tasks that are drawn to be asked many times, so that the
// annotators are known before anything stops on what is known of them.
type pilot struct {
	tasks  int // of the project
	full   int // of them, with pilotLeast answers
	others int // tasks that are not of the pilot
	capped int // of them, with as many answers as a task may get
}

// countPilot counts the tasks of the pilot, where the project has one. Cost: one
// pass over the tasks.
func (r *Room) countPilot(ctx context.Context, p *project) error {
	if !p.settings.HasPilot() {
		return nil
	}
	before := p.piloting()
	p.pilot.tasks, p.pilot.others = 0, 0
	err := r.store.Tasks(ctx, p.tenant, func(one akhra.Task) error {
		if one.Removed {
			return nil
		}
		if p.settings.InPilot(one.ID) {
			p.pilot.tasks++
		} else {
			p.pilot.others++
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("count the pilot: %w", err)
	}
	p.pilotTurned(before)
	return nil
}

// piloting tells whether the pilot is under way: enough people answer, and not
// enough of its tasks are full.
func (p *project) piloting() bool { return p.pilots() && !p.filled() }

// piloted tells whether the pilot is over.
func (p *project) piloted() bool { return p.pilots() && p.filled() }

func (p *project) pilots() bool { return p.crowd >= akhra.PilotAnnotators && p.settings.HasPilot() }

// filled tells whether enough tasks of the pilot are full. Some who began it
// may have left: once little else is left to ask it is over as it is.
func (p *project) filled() bool {
	return float64(p.pilot.full) >= pilotShare*float64(min(p.pilot.tasks, mostPilot)) ||
		p.pilot.others > 0 && float64(p.pilot.capped) >= pilotShare*float64(p.pilot.others)
}

// countFull counts a task that got as many answers as the pilot, or the cap,
// asks for, or has them no more; asked is how many it had.
func (p *project) countFull(one *task, asked int) {
	count, enough := &p.pilot.capped, p.settings.Cap
	if p.settings.InPilot(one.id) {
		count, enough = &p.pilot.full, pilotLeast
	}
	switch now := len(one.votes); {
	case asked < enough && now >= enough:
		*count++
	case asked >= enough && now < enough:
		*count--
	}
}

// pilotTurned has every task judged anew when the pilot has begun or ended.
func (p *project) pilotTurned(before bool) {
	if before != p.piloting() {
		p.all, p.swept = true, 0
	}
}

// wanted is how many answers a task gets whatever they say.
func (p *project) wanted(one *task) int {
	if one.audit {
		return p.auditWanted()
	}
	overlap := max(p.settings.Overlap, p.asks[one.item])
	if p.piloting() && p.settings.InPilot(one.id) {
		return max(overlap, min(akhra.PilotAnswers, p.crowd))
	}
	return overlap
}
