package deliver

import (
	"encoding/json"
	"fmt"
	"net/http"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/dataset"
)

func (a *room) routeExport() {
	a.Plain("export", a.export, door.Shapes(door.Params("path", "project"), door.Params("query", "format"), door.BytesOut("text/csv")))
}

// export freezes a version and sends it at once: for scripts, and for projects
// that are written within a minute. The certificate is sent as it stands.
func (a *room) export(w http.ResponseWriter, r *http.Request) error {
	c := door.CallerIn(r.Context())
	t := c.Tenant(akhra.ProjectID(r.PathValue("project")))
	p, err := a.Known(r.Context(), t)
	if err != nil {
		return err
	}
	format := akhra.Format(r.URL.Query().Get("format"))
	switch {
	case format == "":
		format = akhra.FormatConsensus
	case format == "certificate":
		certificate, err := a.Engine.Certify.Certificate(r.Context(), t)
		if err != nil {
			return err
		}
		body, err := json.MarshalIndent(certificate, "", "  ")
		if err != nil {
			return fmt.Errorf("write the certificate: %w", err)
		}
		door.Attach(w, door.JSONType, p.Project.Name+"-certificate.json")
		_, err = w.Write(append(body, '\n'))
		return err
	case !format.Valid():
		return akhra.InvalidField("format", "There is no such format; there are csv, votes, jsonl, imagenet and certificate.")
	}
	d, err := a.Engine.Dataset.Freeze(r.Context(), t, dataset.Order{Format: format, By: c.User.ID, Named: named(c)}, func(int) {})
	if err != nil {
		return err
	}
	return a.sendFile(w, r, d)
}

// named tells whether the caller reads people's names.
func named(c *door.Caller) bool { return c.User.Role != akhra.Client }
