package census

// Agreement is how far people say the same of the same tasks, before anybody
// judges who is right. Only tasks that two or more answered count.
type Agreement struct {
	Answers  int     // to such tasks
	Observed float64 // share of pairs that say the same, each answer weighing as much; 0 without answers
	Expected float64 // share of pairs that would by chance, from how often each class is said
}

// Agreed is how many of her answers to tasks that others answered too another
// answer, drawn at random, is expected to repeat, and of how many.
func (s *Sums) Agreed() (same float64, of int) {
	for _, n := range s.Shared {
		of += n
	}
	return float64(s.Same) / Unit, of
}

// Agree tells how far all people agree (K. Krippendorff, Computing
// Krippendorff's alpha-reliability, 2011, nominal data; missing answers are
// allowed). O(people x classes).
func Agree(people []Sums) Agreement {
	a, same, shared := Agreement{}, int64(0), []int{}
	for i := range people {
		same += people[i].Same
		for class, n := range people[i].Shared {
			bump(&shared, class, n)
			a.Answers += n
		}
	}
	if a.Answers == 0 {
		return a
	}
	n := float64(a.Answers)
	a.Observed = float64(same) / Unit / n
	for _, c := range shared {
		a.Expected += float64(c) * float64(c-1) / (n * (n - 1))
	}
	return a
}

// Alpha is Krippendorff's: 1 where all say the same, 0 where no more than by
// chance, false where only one class was said or nothing at all.
//
//	alpha = 1 - (1 - observed) / (1 - expected)
func (a Agreement) Alpha() (float64, bool) {
	if a.Answers == 0 || a.Expected >= 1 {
		return 0, false
	}
	return 1 - (1-a.Observed)/(1-a.Expected), true
}
