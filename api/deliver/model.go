package deliver

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/embed"
	"akhra.dev/akhra/learn"
	"akhra.dev/akhra/model"
)

func (a *room) routeModel() {
	a.Plain("export-model", a.exportModel, door.Shapes(door.Params("path", "project"), door.Params("query", "format"), door.BytesOut("application/octet-stream")))
}

// exportModel sends the taught model of a project as one file: to be used by
// `akhra predict`, or as ONNX by other programs.
func (a *room) exportModel(w http.ResponseWriter, r *http.Request) error {
	c := door.CallerIn(r.Context())
	t := c.Tenant(akhra.ProjectID(r.PathValue("project")))
	format := r.URL.Query().Get("format")
	if format != "" && format != "akhra" && format != "onnx" {
		return akhra.InvalidField("format", "There is no such format; there are akhra and onnx.")
	}
	f, err := a.modelFile(r.Context(), t)
	if err != nil {
		return err
	}
	suffix := ".akhra"
	var body []byte
	if format == "onnx" {
		suffix = ".onnx"
		body, err = f.ONNX()
	} else {
		var out bytes.Buffer
		err, body = f.Write(&out), out.Bytes()
	}
	if err != nil {
		return err
	}
	if _, err := a.DB.Append(r.Context(), akhra.Event{Org: t.Org, Project: t.Project, Kind: akhra.EventExported, Actor: c.User.ID,
		Subject: string(t.Project), Body: fmt.Sprintf(`{"format":"model%s","version":%d}`, suffix, f.Version), At: akhra.MillisOf(a.Now())}); err != nil {
		return fmt.Errorf("note an export: %w", err)
	}
	door.Attach(w, "application/octet-stream", fmt.Sprintf("%s-model-%d%s", f.Project, f.Version, suffix))
	_, err = w.Write(body)
	return err
}

// modelFile gathers the model in force with all that it needs to tell.
func (a *room) modelFile(ctx context.Context, t akhra.Tenant) (*model.File, error) {
	p, err := a.Known(ctx, t)
	if err != nil {
		return nil, err
	}
	m, err := a.Engine.Loop.InForce(ctx, t)
	if err != nil {
		return nil, err
	}
	f := &model.File{Head: &learn.Head{}, Recipe: &embed.Recipe{}, About: model.About{Project: p.Project.Name, Version: m.Version,
		Taught: m.Taught, Created: m.Created, Temperature: m.Temperature, Limit: m.Limit}}
	for _, id := range m.Classes {
		class, _ := p.Labels.Class(id)
		f.Classes = append(f.Classes, model.Class{ID: id, Name: class.Name})
	}
	if err := f.Head.UnmarshalBinary(m.Head); err != nil {
		return nil, fmt.Errorf("read the head: %w", err)
	}
	recipe, err := a.Blobs.Get(ctx, m.Recipe)
	if err != nil {
		return nil, fmt.Errorf("read the recipe: %w", err)
	}
	if err := f.Recipe.UnmarshalBinary(recipe); err != nil {
		return nil, fmt.Errorf("read the recipe: %w", err)
	}
	switch c, err := a.Engine.Certify.Certificate(ctx, t); {
	case err == nil:
		if f.Certificate, err = json.Marshal(c); err != nil {
			return nil, fmt.Errorf("write the certificate: %w", err)
		}
	case akhra.CodeOf(err) != akhra.NotFound:
		return nil, err
	}
	for _, name := range f.Recipe.Networks() {
		n, err := a.networkNamed(ctx, t.Org, name)
		if err != nil {
			return nil, err
		}
		f.Networks = append(f.Networks, n)
	}
	return f, nil
}

func (a *room) networkNamed(ctx context.Context, org akhra.OrgID, name string) (model.Network, error) {
	b, err := a.DB.Backbone(ctx, org, name)
	if err != nil {
		return model.Network{}, err
	}
	file, err := a.Blobs.Get(ctx, b.Blob)
	if err != nil {
		return model.Network{}, fmt.Errorf("read network %s: %w", name, err)
	}
	return model.Network{Name: b.Name, SHA256: b.Blob, Dim: b.Dim, Input: b.Input, Check: b.Check, File: file}, nil
}
