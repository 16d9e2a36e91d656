package census

// Vote is one person's standing answer to a task.
type Vote struct {
	Person int
	Class  int  // None where it names none
	Blind  bool // given without a model's opinion in view
	Took   Step // how long it took
}

// None is the class of a vote that names none, and of a task that is not known.
const None = -1

// Sums are what one person's answers add up to.
type Sums struct {
	Said   []int  `json:"said"`   // answers by class
	Shared []int  `json:"shared"` // of them, those to tasks that others answered too
	Same   int64  `json:"same"`   // how many of those another answer to the task, drawn at random, is expected to repeat, in parts of Unit
	Known  int    `json:"known"`  // blind answers to tasks whose class is known
	Right  int    `json:"right"`  // of them, those that name it
	Took   Spread `json:"took"`   // all answers by how long they took
}

// Unit is one answer in Same. It is divided by 1 to 16, so that nothing is
// rounded where up to seventeen answered a task; where more did, an answer is
// off by a millionth at most, always the same.
const Unit = 720720

// Count adds the answers to one task, whose class may be known, to what their
// people's add up to; with sign -1 it takes them away. O(answers^2).
func Count(sums []Sums, votes []Vote, known, sign int) {
	named := 0
	for _, v := range votes {
		sums[v.Person].Took.add(v.Took, sign)
		if v.Class != None {
			named++
		}
	}
	for _, v := range votes {
		if v.Class == None {
			continue
		}
		s := &sums[v.Person]
		bump(&s.Said, v.Class, sign)
		if known != None && v.Blind {
			s.Known += sign
			if v.Class == known {
				s.Right += sign
			}
		}
		if named > 1 {
			bump(&s.Shared, v.Class, sign)
			s.Same += int64(sign) * Unit * int64(alike(votes, v.Class)-1) / int64(named-1)
		}
	}
}

// alike counts the answers that name a class.
func alike(votes []Vote, class int) (n int) {
	for _, v := range votes {
		if v.Class == class {
			n++
		}
	}
	return n
}

// bump changes one of several counts, which grow as they are needed.
func bump(counts *[]int, at, by int) {
	for len(*counts) <= at {
		*counts = append(*counts, 0)
	}
	(*counts)[at] += by
}
