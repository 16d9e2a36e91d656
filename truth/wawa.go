package truth

// Wawa weighs each annotator once by how often she agrees with the majority
// ("worker agreement with aggregate", known from Figure Eight's platform). A
// tie of the majority counts for its classes in equal parts. Cost: three passes
// over the answers; no iteration.
type Wawa struct{}

// Fit never fails.
func (Wawa) Fit(v *Votes) (*Result, error) {
	r, _ := Majority{}.Fit(v)
	r.Accuracy = agreement(v, r)
	for i := range v.tasks {
		if len(v.of(i)) == 0 {
			continue
		}
		z, sum := r.Row(i), 0.0
		clear(z)
		for _, a := range v.of(i) {
			w := max(r.Accuracy[a.annotator], 1e-9) // who never agrees still counts where nobody else answered
			z[a.class] += w
			sum += w
		}
		for k := range z {
			z[k] /= sum
		}
	}
	return r, nil
}

// agreement is the share of each annotator's answers that the most probable
// classes of a result hold, a tie in parts; 0 for who gave none.
func agreement(v *Votes, r *Result) []float64 {
	sums, answers := make([]float64, v.annotators), make([]float64, v.annotators)
	for i := range v.tasks {
		top, ties := peak(r.Row(i))
		for _, a := range v.of(i) {
			answers[a.annotator]++
			if r.Row(i)[a.class] > top-near {
				sums[a.annotator] += 1 / float64(ties)
			}
		}
	}
	for j, n := range answers {
		sums[j] /= max(1, n)
	}
	return sums
}
