package sim

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"akhra.dev/akhra"
)

// addNetworks adds the networks that the embedder names by file, as `akhra model add`
// does, and says in the project's rules what they are called then.
func (w *world) addNetworks(ctx context.Context) error {
	var parts []string
	for i, part := range strings.Split(w.o.Embedder, ",") {
		spec, isNetwork := strings.CutPrefix(part, "onnx:")
		if !isNetwork {
			parts = append(parts, part)
			continue
		}
		b, file, err := readNetwork(spec)
		if err != nil {
			return err
		}
		b.Org, b.Name, b.Created = w.tenant.Org, fmt.Sprintf("network-%d", i), akhra.MillisOf(w.clock.now())
		if _, err := w.engine.Backend.Add(ctx, b, file); err != nil {
			return err
		}
		parts = append(parts, "onnx:"+b.Name)
	}
	w.embedder = strings.Join(parts, ",")
	_, _, err := akhra.ParseEmbedder(w.embedder)
	return err
}

// readNetwork reads FILE or FILE@SIDE.
func readNetwork(spec string) (b akhra.Backbone, file []byte, err error) {
	b.Input = akhra.DefaultBackboneInput()
	path := spec
	if at := strings.LastIndexByte(spec, '@'); at >= 0 {
		if b.Input.Side, err = strconv.Atoi(spec[at+1:]); err != nil {
			return b, nil, akhra.InvalidField("embedder", "After the @ of %s stands the side of the pictures in pixels.", spec)
		}
		path = spec[:at]
	}
	if file, err = os.ReadFile(path); err != nil {
		return b, nil, akhra.Errorf(akhra.NotFound, "The file %s cannot be read.", path)
	}
	return b, file, nil
}
