package truth

// Agreement is how far annotators say the same of the same tasks, before
// anybody judges who is right. Only tasks that two or more answered count.
type Agreement struct {
	Same     []float64 // by annotator: the expected number of her answers that another annotator of the task, drawn at random, gives too
	Of       []int     // by annotator: her answers to such tasks
	Answers  int       // of all annotators to such tasks
	Observed float64   // share of pairs that say the same, each answer weighing as much; 0 without answers
	Expected float64   // share of pairs that would by chance, from how often each class is said
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

// Agree counts how far the answers agree (K. Krippendorff, Computing
// Krippendorff's alpha-reliability, 2011, nominal data; missing answers are
// allowed). O(answers + tasks).
func Agree(v *Votes) Agreement {
	a := Agreement{Same: make([]float64, v.annotators), Of: make([]int, v.annotators)}
	said, all := make([]int, v.classes), make([]int, v.classes)
	for task := range v.tasks {
		list := v.of(task)
		if len(list) < 2 {
			continue
		}
		for _, one := range list {
			said[one.class]++
			all[one.class]++
		}
		for _, one := range list {
			same := float64(said[one.class]-1) / float64(len(list)-1)
			a.Same[one.annotator] += same
			a.Of[one.annotator]++
			a.Observed += same
		}
		for _, one := range list {
			said[one.class] = 0
		}
		a.Answers += len(list)
	}
	if a.Answers == 0 {
		return a
	}
	n := float64(a.Answers)
	a.Observed /= n
	for _, c := range all {
		a.Expected += float64(c) * float64(c-1) / (n * (n - 1))
	}
	return a
}
