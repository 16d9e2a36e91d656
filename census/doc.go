// Package census adds up what people's answers come to: how many name which
// class, how far they agree with others before anybody judges, how many of the
// known answers they name, how long they took.
//
// It is told one task at a time, what it held and what it holds, so that an
// answer that goes takes with it exactly what it brought. All sums are whole
// numbers: after any history they are those of a recount.
//
//	sums := make([]census.Sums, people)
//	census.Count(sums, before, known, -1)
//	census.Count(sums, after, known, 1)
//	agreement := census.Agree(sums)
package census
