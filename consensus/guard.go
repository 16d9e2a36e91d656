package consensus

import (
	"math"
	"slices"

	"akhra.dev/akhra/truth"
)

// Notice is something that whoever leads a project should know about how its
// people can be judged.
type Notice string

// The notices (docs/TRUTH.md 5).
const (
	// NoticeCollapsed: a fit put nearly everything in one class, or lost a
	// class that people name; the majority decides instead.
	NoticeCollapsed Notice = "collapsed"
	// NoticeHasty: with few answers per task the crowd seems so sure of itself
	// that most asking would end at once; it goes on.
	NoticeHasty Notice = "hasty"
	// NoticeMistaken: on known answers the crowd is right clearly less often
	// than it claims; more answers will not help.
	NoticeMistaken Notice = "mistaken"
	// NoticePilot: a random part of the tasks is being asked more often.
	NoticePilot Notice = "pilot"
)

// told are the notices of a project.
func (p *project) told() []Notice {
	if p.piloting() {
		return append(slices.Clone(p.notices), NoticePilot)
	}
	return p.notices
}

// noticeWords tell the log.
var noticeWords = map[Notice]string{
	NoticeCollapsed: "posteriors collapsed to one class: the majority decides",
	NoticeHasty:     "most open tasks would stop at once: asking goes on",
	NoticeMistaken:  "known answers are met clearly less often than the posteriors claim: more answers will not help",
}

const (
	collapsedShare = 0.95 // of the posteriors in one class
	saidShare      = 0.9  // of the answers that would explain it
	lostShare      = 0.1  // of an even share, below which a class is lost
	missedShare    = 0.5  // of an even share of the answers that still name it
	hastyShare     = 0.6  // of the open tasks that would stop at once
	hastyTasks     = 10   // fewer say nothing
	mistakenBy     = 0.05 // between what is claimed and what is right
	mistakenTasks  = 20   // fewer known answers say nothing
)

// collapsed tells whether nearly all posteriors fall in one class that far
// fewer answers name, or a class vanished that many answers name.
func (s *snapshot) collapsed(r *truth.Result) bool {
	chosen, said := make([]float64, s.classes), make([]float64, s.classes)
	for votes := range s.answered() {
		k, _ := r.Best(votes[0].Task)
		chosen[k] += 1 / float64(s.asked)
		for _, v := range votes {
			said[v.Class] += 1 / float64(len(s.list))
		}
	}
	even := 1 / float64(s.classes)
	for k := range chosen {
		if chosen[k] > collapsedShare && said[k] < saidShare || r.ClassPrior[k] < lostShare*even && said[k] > missedShare*even {
			return true
		}
	}
	return false
}

// answered yields the answers of each task that has any.
func (s *snapshot) answered() func(func([]truth.Vote) bool) {
	return func(yield func([]truth.Vote) bool) {
		for from, to := 0, 0; from < len(s.list); from = to {
			for to = from; to < len(s.list) && s.list[to].Task == s.list[from].Task; to++ {
			}
			if !yield(s.list[from:to]) {
				return
			}
		}
	}
}

// check tempers the judges by the known answers and tells what is wrong with
// them.
func (s *snapshot) check(j *judges) (notices []Notice) {
	z, class := s.blind(j.stop)
	if len(class) >= truth.EnoughGold {
		j.rho = truth.FitTemper(z, s.classes, class)
	}
	if s.mistaken(z, class) {
		notices = append(notices, NoticeMistaken)
	}
	if j.hasty = s.hasty(j); j.hasty {
		notices = append(notices, NoticeHasty)
	}
	return notices
}

// blind gives the known tasks with answers the posteriors they would have if
// nobody knew them, and their classes.
func (s *snapshot) blind(o *truth.Online) (z []float64, class []int) {
	if s.known == nil {
		return nil, nil
	}
	row := make([]float64, s.classes)
	for votes := range s.answered() {
		i := votes[0].Task
		if k := s.known[i]; k != none {
			o.Blind(i, k, s.priors[i], votes, row)
			z, class = append(z, row...), append(class, k)
		}
	}
	return z, class
}

// mistaken tells whether known answers are met clearly less often than an
// ordinary crowd's tempered posteriors claim, beyond what chance explains.
func (s *snapshot) mistaken(z []float64, class []int) bool {
	if len(class) < mistakenTasks {
		return false
	}
	tempered, claim, right, spread, n := make([]float64, s.classes), 0.0, 0.0, 0.0, float64(len(class))
	for i, k := range class {
		truth.Temper(z[i*s.classes:(i+1)*s.classes], truth.DefaultTemper, tempered)
		best, _ := truth.Top(tempered)
		claim += tempered[best] / n
		spread += tempered[best] * (1 - tempered[best])
		if best == k {
			right += 1 / n
		}
	}
	return claim-right > max(mistakenBy, 2*math.Sqrt(spread)/n)
}

// hasty tells whether a crowd that has only itself to go by, with few answers
// per task, would end most of the asking at once.
func (s *snapshot) hasty(j *judges) bool {
	if s.heard || !j.experienced || len(s.list) >= enoughPerTask*s.asked {
		return false
	}
	open, sure, z := 0, 0, make([]float64, s.classes)
	for votes := range s.answered() {
		i := votes[0].Task
		if len(votes) < s.settings.Overlap || len(votes) >= s.settings.Cap || agree(votes) || s.known != nil && s.known[i] != none {
			continue
		}
		j.stop.Posterior(nil, votes, j.rho, z)
		if open++; slices.Max(z) >= s.settings.StopAt {
			sure++
		}
	}
	return open >= hastyTasks && float64(sure) > hastyShare*float64(open)
}

func agree(votes []truth.Vote) bool {
	for _, v := range votes {
		if v.Class != votes[0].Class {
			return false
		}
	}
	return true
}
