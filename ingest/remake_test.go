package ingest_test

import (
	"bytes"
	"maps"
	"slices"
	"testing"
)

func TestALostSmallCopyIsMadeAgainFromItsOriginal(t *testing.T) {
	t.Parallel()
	h := open(t)
	original := picture(t, 1)
	if _, err := h.Add(t.Context(), h.tenant, "beetle.jpg", bytes.NewReader(original)); err != nil {
		t.Fatal(err)
	}
	item, whole := h.items[0], maps.Clone(h.blobs)
	for _, hash := range append(item.Variants[:], item.Thumb) {
		delete(h.blobs, hash)
		made, err := h.Remake(t.Context(), item.Name, original, map[string]bool{hash: true, "another": true})
		if err != nil || !slices.Equal(made, []string{hash}) || !bytes.Equal(h.blobs[hash], whole[hash]) {
			t.Errorf("made %v of %s, %v", made, hash, err)
		}
	}
	if made, err := h.Remake(t.Context(), item.Name, original, map[string]bool{"another": true}); len(made) > 0 || err != nil {
		t.Errorf("made %v that nobody misses, %v", made, err)
	}
	if made, err := h.Remake(t.Context(), item.Name, original[:100], map[string]bool{item.Thumb: true}); len(made) > 0 || err != nil {
		t.Errorf("made %v of half a picture, %v", made, err)
	}
}
