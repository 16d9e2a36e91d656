package truth_test

import (
	"fmt"
	"log"

	"akhra.dev/akhra/truth"
)

// Three people name the animal on four pictures: 0 is a cat, 1 a dog. Picture 3
// has one word against another and stays open.
func Example() {
	answers := []truth.Vote{
		{Task: 0, Annotator: 0, Class: 0}, {Task: 0, Annotator: 1, Class: 0}, {Task: 0, Annotator: 2, Class: 1},
		{Task: 1, Annotator: 0, Class: 1}, {Task: 1, Annotator: 1, Class: 1}, {Task: 1, Annotator: 2, Class: 1},
		{Task: 2, Annotator: 0, Class: 0}, {Task: 2, Annotator: 1, Class: 0}, {Task: 2, Annotator: 2, Class: 0},
		{Task: 3, Annotator: 0, Class: 1}, {Task: 3, Annotator: 2, Class: 0},
	}
	votes, err := truth.NewVotes(4, 3, 2, answers)
	if err != nil {
		log.Fatal(err)
	}
	result, err := truth.DawidSkene{}.Fit(votes)
	if err != nil {
		log.Fatal(err)
	}
	for picture := range 4 {
		class, _ := result.Best(picture)
		fmt.Printf("picture %d is %s: %.2f\n", picture, []string{"a cat", "a dog"}[class], result.Row(picture)[class])
	}
	for person, right := range result.Accuracy {
		fmt.Printf("person %d is right in %.2f, between %.2f and %.2f\n", person, right, result.Low[person], result.High[person])
	}
	// Output:
	// picture 0 is a cat: 0.91
	// picture 1 is a dog: 0.98
	// picture 2 is a cat: 0.99
	// picture 3 is a cat: 0.52
	// person 0 is right in 0.82, between 0.57 and 0.98
	// person 1 is right in 0.87, between 0.63 and 0.99
	// person 2 is right in 0.72, between 0.45 and 0.93
}

// A task that is not sure asks whoever is worth most, and stops when its risk
// is small enough.
func ExampleValue() {
	z := []float64{.6, .4} // a tempered posterior
	expert, beginner := []float64{.95, .05, .05, .95}, []float64{.7, .3, .3, .7}
	fmt.Printf("deciding now errs with %.2f\n", truth.Risk(z, nil))
	fmt.Printf("an expert's answer takes %.2f of it, a beginner's %.2f\n", truth.Value(z, expert, nil), truth.Value(z, beginner, nil))
	fmt.Printf("to err with .05 it takes %.1f answers of experts or %.1f of beginners\n",
		truth.ExpectedAnswers(z, expert, .05), truth.ExpectedAnswers(z, beginner, .05))
	// Output:
	// deciding now errs with 0.40
	// an expert's answer takes 0.35 of it, a beginner's 0.10
	// to err with .05 it takes 1.0 answers of experts or 7.5 of beginners
}

// Answers that come after a fit move their task and their annotators at once.
func ExampleOnline() {
	votes, err := truth.NewVotes(2, 2, 2, []truth.Vote{{Task: 0, Annotator: 0, Class: 0}, {Task: 1, Annotator: 1, Class: 1}})
	if err != nil {
		log.Fatal(err)
	}
	result, err := truth.DawidSkene{}.Fit(votes)
	if err != nil {
		log.Fatal(err)
	}
	online, z := truth.NewOnline(result), make([]float64, 2)
	before := []truth.Vote{{Annotator: 0, Class: 0}}
	after := append(before, truth.Vote{Annotator: 1, Class: 0})
	online.Change(0, nil, before, after)
	online.Posterior(nil, after, 1, z)
	fmt.Printf("two people agree: %.2f\n", z[0])
	online.Change(0, nil, after, before)
	online.Posterior(nil, before, 1, z)
	fmt.Printf("one took it back: %.2f\n", z[0])
	// Output:
	// two people agree: 0.96
	// one took it back: 0.77
}
