package api

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"akhra.dev/akhra"
)

// Columns of the two exports, a contract with people's scripts.
var (
	consensusColumns = []string{"item", "class", "posterior", "answers", "state", "source", "method", "model_version", "sha256"}
	voteColumns      = []string{"item", "annotator", "answer", "class", "reason", "after_seen", "round", "stored_ms", "took_ms", "id"}
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
	out := csv.NewWriter(w)
	if err := write(r.Context(), c, t, out); err != nil {
		a.report(r.Context(), "export", err)
		panic(http.ErrAbortHandler)
	}
	out.Flush()
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

func (a *API) writeRows(ctx context.Context, _ *caller, t akhra.Tenant, out *csv.Writer) error {
	if err := out.Write(consensusColumns); err != nil {
		return err
	}
	return a.DB.Rows(ctx, t, func(row akhra.Row) error {
		posterior := ""
		if row.Class != "" {
			posterior = strconv.FormatFloat(row.Posterior, 'f', 6, 64)
		}
		return out.Write([]string{row.Name, row.Class, posterior, strconv.Itoa(row.Answers), string(row.State), row.Source, row.Method,
			strconv.FormatInt(row.ModelVersion, 10), row.Blob})
	})
}

func (a *API) writeVotes(ctx context.Context, c *caller, t akhra.Tenant, out *csv.Writer) error {
	if err := out.Write(voteColumns); err != nil {
		return err
	}
	hide := pseudonyms(c)
	return a.DB.Votes(ctx, t, func(v akhra.Vote) error {
		return out.Write([]string{v.Name, hide(v.Annotator), string(v.Answer), v.Class, v.Reason, strconv.FormatBool(v.AfterSeen),
			strconv.Itoa(v.Round), strconv.FormatInt(int64(v.Stored), 10), strconv.FormatInt(v.TookMs, 10), string(v.ID)})
	})
}
