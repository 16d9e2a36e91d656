package truth

import (
	"math"
	"math/rand/v2"
	"testing"
)

// guessedCrowd draws the answers of a crowd that is nine in ten right, but for
// one task in ten, where everybody guesses between two classes.
func guessedCrowd(perTask int) []Vote {
	chance, list := rand.New(rand.NewPCG(4, 2)), []Vote{}
	for i := range 400 {
		for j := range perTask {
			class := 0
			switch {
			case i%10 == 0:
				class = chance.IntN(2)
			case chance.Float64() > .9:
				class = 1 + chance.IntN(2)
			case i%10 == 1:
				class = 1
			}
			list = append(list, Vote{i, (i + j) % 40, class})
		}
	}
	return list
}

func TestGuessedTasksAreFoundWithFewAnswersAndWithMany(t *testing.T) {
	for _, perTask := range []int{8, 16, 17, 40} { // more than a block as well
		v, err := NewVotes(400, 40, 3, guessedCrowd(perTask))
		if err != nil {
			t.Fatal(err)
		}
		e, err := newEM(Settings{}, v)
		if err != nil {
			t.Fatal(err)
		}
		g := &guessing{em: e}
		r := g.run(true)
		if math.Abs(g.share-.1) > .04 {
			t.Errorf("%d answers per task: %.3f of the tasks are guessed, want .1", perTask, g.share)
		}
		wrong := 0
		for i := range 400 {
			if class, _ := r.Best(i); i%10 != 0 && (class == 1) != (i%10 == 1) {
				wrong++
			}
		}
		if wrong > 8 {
			t.Errorf("%d answers per task: %d of the others are wrong", perTask, wrong)
		}
	}
}
