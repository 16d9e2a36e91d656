// Package truth infers what is true from the answers of several people.
//
// Numbers in, numbers out: tasks, annotators and classes are counted from 0,
// matrices are row-major. A method is a value with its settings; Fit gives a
// posterior per task and what it learnt of each annotator:
//
//	votes, err := truth.NewVotes(tasks, annotators, classes, answers)
//	result, err := truth.DawidSkene{}.Fit(votes)
//	class, tied := result.Best(0)
//
// The same answers in any order give the same result to the last bit.
package truth
