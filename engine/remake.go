package engine

import (
	"context"
	"fmt"
	"slices"

	"akhra.dev/akhra"
)

const remakePage = 1000

// Remake makes small copies of pictures that are lost again, each from the
// picture it is of where that is whole, and tells which. Cost: it reads what
// every picture consists of, and decodes those that lost one.
func (e *Engine) Remake(ctx context.Context, lost []string) (made []string, err error) {
	still := make(map[string]bool, len(lost))
	for _, hash := range lost {
		still[hash] = true
	}
	made = []string{}
	err = e.eachProject(ctx, func(t akhra.Tenant, _ string) error {
		for last := int64(0); len(still) > 0; {
			page, err := e.db.Items(ctx, t, last, remakePage)
			if err != nil || len(page) == 0 {
				return err
			}
			for _, item := range page {
				some, err := e.remake(ctx, item, still)
				if made = append(made, some...); err != nil {
					return fmt.Errorf("make the copies of %s again: %w", item.Name, err)
				}
			}
			last = page[len(page)-1].Seq
		}
		return nil
	})
	return made, err
}

// remake makes what a picture lost, and takes it from what is lost still.
func (e *Engine) remake(ctx context.Context, item akhra.Item, still map[string]bool) (made []string, err error) {
	if !slices.ContainsFunc(append(item.Variants[:], item.Thumb), func(hash string) bool { return still[hash] }) {
		return nil, nil
	}
	original, err := e.blobs.Get(ctx, item.Blob)
	if err != nil {
		return nil, nil // it is lost, too
	}
	made, err = e.Ingest.Remake(ctx, item.Name, original, still)
	for _, hash := range made {
		delete(still, hash)
	}
	return made, err
}
