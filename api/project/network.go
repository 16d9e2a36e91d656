package project

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// NetworkView is a trained network that projects may see their pictures with.
type NetworkView struct {
	Name   string              `json:"name"`
	SHA256 string              `json:"sha256" doc:"Of its file"`
	Dim    int                 `json:"dim" doc:"Numbers it gives of a picture"`
	Input  akhra.BackboneInput `json:"input"`
}

// NetworkList are the networks of the organisation, by name.
type NetworkList struct {
	Networks []NetworkView `json:"networks"`
}

func (a *room) routeNetworks() {
	door.Register(a.Door, "networks", func(ctx context.Context, _ *door.None) (*door.Body[NetworkList], error) {
		return door.Answer(a.listNetworks(ctx, door.CallerIn(ctx)))
	})
	a.Plain("add-network", a.addNetwork, door.Shapes(door.Params("query", "name", "input"), door.BytesIn("application/octet-stream"), door.Answers[NetworkView](a.Door)))
}

func (a *room) listNetworks(ctx context.Context, c *door.Caller) (NetworkList, error) {
	out := NetworkList{Networks: []NetworkView{}}
	all, err := a.DB.Backbones(ctx, c.User.Org)
	for _, b := range all {
		out.Networks = append(out.Networks, viewNetwork(b))
	}
	return out, err
}

func viewNetwork(b akhra.Backbone) NetworkView { return NetworkView{b.Name, b.Blob, b.Dim, b.Input} }

// addNetwork takes an ONNX file and, as JSON in the query, how pictures are fed to it.
func (a *room) addNetwork(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	b := akhra.Backbone{Org: door.CallerIn(r.Context()).User.Org, Name: query.Get("name"),
		Input: akhra.DefaultBackboneInput(), Created: akhra.MillisOf(a.Now())}
	if text := query.Get("input"); text != "" {
		if err := json.Unmarshal([]byte(text), &b.Input); err != nil {
			return akhra.InvalidField("input", "How pictures are fed to the network cannot be read.")
		}
	}
	if err := b.Validate(); err != nil {
		return err
	}
	file, err := io.ReadAll(r.Body)
	if err != nil {
		return fmt.Errorf("read a network: %w", err)
	}
	if b, err = a.Engine.Backend.Add(r.Context(), b, file); err != nil {
		return err
	}
	door.WriteJSON(w, http.StatusOK, door.JSONType, viewNetwork(b))
	return nil
}
