package api

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"akhra.dev/akhra"
	"akhra.dev/akhra/dataset"
)

func (a *API) routeExport() {
	a.plain("export", a.export, shapes(params("path", "project"), params("query", "format"), bytesOut("text/csv")))
}

// export streams a project's data. When it fails half-way the connection is
// cut, so that nobody takes half a file for a whole one.
func (a *API) export(w http.ResponseWriter, r *http.Request) error {
	c := callerIn(r.Context())
	t := c.tenant(akhra.ProjectID(r.PathValue("project")))
	p, err := a.known(r.Context(), t)
	if err != nil {
		return err
	}
	write, suffix := a.writeRows, "consensus"
	switch r.URL.Query().Get("format") {
	case "", "csv":
	case "votes":
		write, suffix = a.writeVotes, "votes"
	default:
		return akhra.InvalidField("format", "There is no such format; there are csv and votes.")
	}
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(fileName(p.project.Name)+"-"+suffix+".csv"))
	if _, err := a.DB.Append(r.Context(), akhra.Event{Org: t.Org, Project: t.Project, Kind: akhra.EventExported, Actor: c.user.ID,
		Subject: string(t.Project), Body: `{"format":"` + suffix + `"}`, At: akhra.MillisOf(a.Now())}); err != nil {
		return fmt.Errorf("note an export: %w", err)
	}
	if err := write(r.Context(), c, t, w); err != nil {
		a.report(r.Context(), "export", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

// fileName makes a project's name fit for a file: slashes and what is no
// letter of any script become a dash.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, name)
}

// writeRows writes what people said with the model, and what the model alone
// says of pictures that nobody was asked about.
func (a *API) writeRows(ctx context.Context, _ *caller, t akhra.Tenant, w io.Writer) error {
	model, err := a.modelSays(ctx, t)
	if err != nil {
		return err
	}
	return dataset.WriteConsensus(w, func(line func(akhra.Row) error) error {
		return a.DB.Rows(ctx, t, func(row akhra.Row) error {
			if say, ok := model.of[row.Item]; ok && row.Answers == 0 {
				row.Class, row.Posterior, row.Source = model.classes[say.class], float64(say.p), "model"
				row.Method, row.ModelVersion = "model", model.version
			}
			return line(row)
		})
	})
}

// opinion is the model's most probable class of one picture.
type opinion struct {
	class int32
	p     float32
}

// opinions are what the model in force says of every picture; empty without
// one.
type opinions struct {
	version int64
	classes []string
	of      map[akhra.ItemID]opinion
}

func (a *API) modelSays(ctx context.Context, t akhra.Tenant) (opinions, error) {
	m, err := a.DB.Model(ctx, t)
	if akhra.CodeOf(err) == akhra.NotFound {
		return opinions{}, nil
	}
	if err != nil {
		return opinions{}, fmt.Errorf("read the model: %w", err)
	}
	p, err := a.known(ctx, t)
	if err != nil {
		return opinions{}, err
	}
	all := opinions{version: m.Version, of: map[akhra.ItemID]opinion{}}
	for _, c := range p.labels.Classes {
		if !c.Deleted {
			all.classes = append(all.classes, c.Name)
		}
	}
	err = a.Engine.Loop.Says(ctx, t, func(item akhra.ItemID, probabilities []float64) {
		say := akhra.Prediction{Probabilities: probabilities}
		k, sure := say.Top()
		all.of[item] = opinion{int32(k), float32(sure)}
	})
	return all, err
}

func (a *API) writeVotes(ctx context.Context, c *caller, t akhra.Tenant, w io.Writer) error {
	hide := pseudonyms(c)
	return dataset.WriteVotes(w, func(line func(akhra.Vote) error) error {
		return a.DB.Votes(ctx, t, func(v akhra.Vote) error {
			v.Annotator = hide(v.Annotator)
			return line(v)
		})
	})
}
