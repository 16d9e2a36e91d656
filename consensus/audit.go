package consensus

import (
	"context"
	"fmt"

	"akhra.dev/akhra"
)

// auditFrom is how many standing answers of somebody's show that she works in
// the project, so that audit tasks may wait for her answer too.
const auditFrom = 20

// readAudit reads which tasks are audit tasks.
func (r *Room) readAudit(ctx context.Context, p *project) error {
	if p.settings.Target == 0 {
		return nil
	}
	err := r.store.Tasks(ctx, p.tenant, func(one akhra.Task) error {
		if one.Purpose == akhra.ForAudit {
			p.audits[one.ID] = true
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read audit tasks: %w", err)
	}
	return nil
}

// auditWanted is how many answers an audit task gets: three, or as many as
// people work in the project. Where names cannot be used it is the cap.
func (p *project) auditWanted() int {
	if p.settings.Pooled {
		return min(akhra.AuditAnswers, p.settings.Cap)
	}
	return max(1, min(akhra.AuditAnswers, p.known))
}

// auditTurned has every task judged anew when audit tasks want more answers, or
// fewer, than before.
func (p *project) auditTurned(before int) {
	if len(p.audits) > 0 && before != p.auditWanted() {
		p.all, p.swept = true, 0
	}
}

// audited says where an audit task stands that has its answers: people agree,
// or somebody adjudicates. No model is heard.
func audited(one *task, c *akhra.Consensus) akhra.TaskState {
	if c.Answers == c.Asked && unanimous(one.votes) {
		return akhra.TaskDone
	}
	return akhra.TaskReview
}

// Replay tells, of audit tasks, the class the ordinary rule of stopping would
// have delivered: their answers are taken in the order they came, beside the
// given say of the model, nil for none, until the rule stops or they end. What
// a reviewer or a known answer decided is left out. A task without answers is
// absent.
func (r *Room) Replay(ctx context.Context, t akhra.Tenant, said map[akhra.TaskID][]float64) (map[akhra.TaskID]akhra.ClassID, error) {
	h := r.held(t)
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := r.wake(ctx, h); err != nil {
		return nil, err
	}
	classes := make(map[akhra.TaskID]akhra.ClassID, len(said))
	for id, prior := range said {
		if i, ok := h.project.at[id]; ok && len(h.project.tasks[i].votes) > 0 {
			classes[id] = h.project.replay(i, prior)
		}
	}
	return classes, nil
}

func (p *project) replay(i int, prior []float64) akhra.ClassID {
	one := p.tasks[i]
	votes := one.votes
	one.gold, one.review, one.audit, one.prior = none, none, false, nil
	if len(prior) == len(p.classes) {
		one.prior = prior
	}
	for n := min(p.settings.Overlap, len(votes)); ; n++ {
		one.votes = votes[:n]
		c := p.judgeTask(&one, i)
		if n == len(votes) || c.State != akhra.TaskOpen {
			return c.Class
		}
	}
}
