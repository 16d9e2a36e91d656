package store

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"

	"github.com/google/uuid"

	"akhra.dev/akhra"
)

// pack writes predictions as text: base64 of the number of classes and, per
// picture, 16 bytes of id and one little-endian float32 per class. Ten
// thousand pictures of ten classes take 750 kB.
func pack(all []akhra.Prediction) (string, error) {
	if len(all) == 0 {
		return "", nil
	}
	classes := len(all[0].Probabilities)
	raw := make([]byte, 0, 4+len(all)*(16+4*classes))
	raw = binary.LittleEndian.AppendUint32(raw, uint32(classes))
	for _, p := range all {
		id, err := uuid.Parse(string(p.Item))
		if err != nil || len(p.Probabilities) != classes {
			return "", fmt.Errorf("pack prediction of %q: %d classes, want %d: %w", p.Item, len(p.Probabilities), classes, err)
		}
		raw = append(raw, id[:]...)
		for _, v := range p.Probabilities {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(float32(v)))
		}
	}
	return base64.StdEncoding.EncodeToString(raw), nil
}

func unpack(text string, version int64, fn func(akhra.Prediction) error) error {
	if text == "" {
		return nil
	}
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(raw) < 4 {
		return fmt.Errorf("unpack predictions: %w", err)
	}
	classes := int(binary.LittleEndian.Uint32(raw))
	size := 16 + 4*classes
	for raw = raw[4:]; len(raw) >= size; raw = raw[size:] {
		p := akhra.Prediction{Item: akhra.ItemID(uuid.UUID(raw[:16]).String()), Version: version, Probabilities: make([]float64, classes), OutOfFold: true}
		for k := range p.Probabilities {
			p.Probabilities[k] = float64(math.Float32frombits(binary.LittleEndian.Uint32(raw[16+4*k:])))
		}
		if err := fn(p); err != nil {
			return err
		}
	}
	return nil
}
