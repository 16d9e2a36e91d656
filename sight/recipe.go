package sight

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/loop"
)

const (
	fitOn   = 3000 // pictures a recipe is fitted on, at most
	fitSeed = 1    // the same pictures make the same recipe
	refitAt = 4    // refit when the project has grown this many times
)

// stale tells whether the recipe was fitted on far fewer pictures than there are now,
// or reads other things of them than the project's rules say.
func stale(by loop.Seeing, pictures int) bool {
	if by.Recipe.Recipe == nil {
		return false
	}
	builtin, names, err := akhra.ParseEmbedder(by.Embedder)
	other := err == nil && (by.Builtin() != builtin || !slices.Equal(by.Networks(), names))
	return other || by.FittedOn < fitOn && pictures >= refitAt*by.FittedOn
}

// fit makes a new recipe from random pictures of the project.
func (r *Room) fit(ctx context.Context, job *embedding, rules string) error {
	builtin, names, err := akhra.ParseEmbedder(rules)
	if err != nil {
		return err
	}
	if job.eyes, err = r.eyesOf(ctx, job.tenant.Org, builtin, names); err != nil {
		return err
	}
	order := rand.New(rand.NewPCG(fitSeed, uint64(len(job.todo)))).Perm(len(job.todo))
	var chosen []loop.Sight
	for _, i := range order[:min(fitOn, len(order))] {
		chosen = append(chosen, job.todo[i])
	}
	glances, err := r.look(ctx, job.eyes, chosen)
	if err != nil {
		return err
	}
	if job.keep(chosen, glances); len(job.glances) == 0 {
		r.log.Warn("no picture of the project can be read: there is nothing to learn from", "project", job.tenant.Project)
		job.todo = nil
		return nil
	}
	recipe, err := job.eyes.fit(glances)
	if err != nil {
		return fmt.Errorf("fit recipe: %w", err)
	}
	body, err := recipe.MarshalBinary()
	if err != nil {
		return fmt.Errorf("write recipe: %w", err)
	}
	hash, err := r.blobs.PutBytes(ctx, body)
	if err != nil {
		return fmt.Errorf("keep recipe: %w", err)
	}
	version, err := r.store.PutRecipe(ctx, job.tenant, hash)
	if err != nil {
		return fmt.Errorf("keep recipe: %w", err)
	}
	job.recipe = loop.Recipe{Recipe: recipe, Blob: hash, Version: version, FittedOn: len(job.todo)}
	return nil
}
