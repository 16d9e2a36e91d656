package consensus

import (
	"math"

	"akhra.dev/akhra"
	"akhra.dev/akhra/truth"
)

// When a fit may be believed (docs/TRUTH.md 5).
const (
	enoughPerTask   = 3  // answers per task at which the crowd may speak for itself
	enoughPerPerson = 10 // answers per annotator before a posterior may end the asking
)

// snapshot is all that a fit reads, copied out of the project.
type snapshot struct {
	settings               akhra.Settings
	tasks, people, classes int
	list                   []truth.Vote // by task
	asked                  int          // tasks with answers that name a class
	known                  []int        // class of each task, nil when none is
	model                  int64
	priors                 [][]float64 // the model's say of each task, nil without
	heard                  bool        // there are priors
	fixed                  [][]float64 // matrices of people that are not learnt, nil without
}

// snapshot copies out what a fit reads, with what a new model says, and begins
// to note what changes from here on.
func (p *project) snapshot(said *opinion) *snapshot {
	s := &snapshot{settings: p.settings, tasks: len(p.tasks), people: len(p.people), classes: len(p.classes), model: p.model, fixed: p.fixed(),
		list: make([]truth.Vote, 0, p.named), priors: make([][]float64, len(p.tasks))}
	if said != nil {
		s.model = said.version
	}
	for i := range p.tasks {
		one, before := &p.tasks[i], len(s.list)
		if s.list = p.said(s.list, i); len(s.list) > before {
			s.asked++
		}
		if s.priors[i] = one.prior; said != nil {
			s.priors[i] = said.of[one.item]
		}
		s.heard = s.heard || s.priors[i] != nil
		s.know(i, one.known())
	}
	p.since, p.fresh, p.fitted = map[int][]truth.Vote{}, 0, p.named
	return s
}

// know notes the class of a task that is settled.
func (s *snapshot) know(i, class int) {
	if class == none {
		return
	}
	if s.known == nil {
		s.known = make([]int, s.tasks)
		for i := range s.known {
			s.known[i] = none
		}
	}
	s.known[i] = class
}

// fitted is what a fit over all answers found. Without a result it says nothing
// about the annotators.
type fitted struct {
	judges  judges
	result  *truth.Result
	answers []int // per person
	notices []Notice
}

// fit estimates annotators and truth together. With a model its out-of-fold say
// is the prior of each task, and matrices are backed off; so they are where
// tasks have enough answers. Elsewhere the absolute prior of Dawid-Skene keeps
// few answers from confirming themselves, and it always judges whether to stop
// (docs/TRUTH.md 5).
func (s *snapshot) fit() (fitted, error) {
	if len(s.list) < leastAnswers {
		return fitted{judges: strangers(s.classes)}, nil
	}
	votes, err := truth.NewVotes(s.tasks, s.people, s.classes, s.list)
	if err != nil {
		return fitted{}, err
	}
	f := fitted{answers: make([]int, s.people)}
	crowd, learnt := 0, 0
	for _, v := range s.list {
		f.answers[v.Annotator]++
		if s.fixed != nil && s.fixed[v.Annotator] != nil {
			continue
		}
		if learnt++; f.answers[v.Annotator] == 1 {
			crowd++
		}
	}
	experienced := learnt >= enoughPerPerson*crowd
	if f.judges, f.result, err = s.fitJudges(votes, experienced && len(s.list) >= enoughPerTask*s.asked); err != nil {
		return fitted{}, err
	}
	if s.collapsed(f.result) {
		return s.byMajority(votes)
	}
	f.judges.moves, f.judges.experienced = true, experienced
	f.notices = s.check(&f.judges)
	return f, nil
}

// fitJudges fits the annotators. many tells that there are enough answers for the
// crowd to speak for itself.
func (s *snapshot) fitJudges(v *truth.Votes, many bool) (judges, *truth.Result, error) {
	settings := truth.Settings{ClassCount: max(0.1*float64(s.tasks), 1) / float64(s.classes), Known: s.known, Fixed: s.fixed}
	if s.heard {
		settings.Prior = s.priors
		r, err := truth.BackedOff{Settings: settings}.Fit(v)
		if err != nil {
			return judges{}, nil, err
		}
		o := truth.NewOnline(r)
		return newJudges(o, o, s.classes, methodModel), r, nil
	}
	r, err := truth.DawidSkene{Settings: settings}.Fit(v)
	if err != nil {
		return judges{}, nil, err
	}
	stop := truth.NewOnline(r)
	if !many {
		return newJudges(stop, stop, s.classes, methodFew), r, nil
	}
	if r, err = (truth.BackedOff{Settings: settings}).Fit(v); err != nil {
		return judges{}, nil, err
	}
	return newJudges(truth.NewOnline(r), stop, s.classes, methodPeople), r, nil
}

// byMajority counts answers, for a crowd that a fit could not tell apart.
func (s *snapshot) byMajority(v *truth.Votes) (fitted, error) {
	r, err := truth.Majority{}.Fit(v)
	if err != nil {
		return fitted{}, err
	}
	o := truth.NewOnline(r)
	return fitted{judges: newJudges(o, o, s.classes, methodMajority), notices: []Notice{NoticeCollapsed}}, nil
}

// changedSkills lists what is newly known of the annotators. Answers without
// usable names tell about nobody.
func (p *project) changedSkills(f fitted) (skills []akhra.Skill) {
	if p.settings.Pooled || f.result == nil {
		return nil
	}
	r, size := f.result, len(p.classes)*len(p.classes)
	for j, answers := range f.answers {
		one := &p.people[j]
		if one.view != blind || one.answers == answers && math.Abs(one.accuracy-r.Accuracy[j]) < noticed {
			continue
		}
		one.answers, one.accuracy = answers, r.Accuracy[j]
		skills = append(skills, akhra.Skill{Annotator: one.id, Counts: r.Counts[j*size : (j+1)*size], Accuracy: one.accuracy,
			Low: r.Low[j], High: r.High[j], Answers: answers})
	}
	return skills
}
