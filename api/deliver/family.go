package deliver

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/dataset"
)

func (a *room) routeFamily() {
	a.Plain("export-family", a.exportFamily, door.Shapes(door.Params("path", "project"), door.BytesOut("text/csv")))
}

// exportFamily sends what every question of a family tells that the caller
// may see, a line a picture.
// It holds the answers to all questions in memory.
func (a *room) exportFamily(w http.ResponseWriter, r *http.Request) error {
	caller := door.CallerIn(r.Context())
	t := caller.Tenant(akhra.ProjectID(r.PathValue("project")))
	p, err := a.Known(r.Context(), t)
	if err != nil {
		return err
	}
	if p.Project.Family == "" {
		return akhra.Errorf(akhra.Conflict, "This project asks one question about each picture; its own tables tell all.")
	}
	questions, err := a.DB.Family(r.Context(), t.Org, p.Project.Family)
	if err != nil {
		return fmt.Errorf("list a family: %w", err)
	}
	questions = slices.DeleteFunc(questions, func(q akhra.Project) bool { return !caller.Sees(q.ID) })
	about, tells := make([]string, len(questions)), make([]map[string]akhra.Row, len(questions))
	for i, q := range questions {
		about[i] = q.About
		if tells[i], err = a.told(r.Context(), akhra.Tenant{Org: t.Org, Project: q.ID}); err != nil {
			return err
		}
	}
	door.Attach(w, "text/csv", p.Project.Family+".csv")
	return dataset.WriteFamily(w, about, func(line func(dataset.FamilyRow) error) error {
		return a.DB.Rows(r.Context(), t, func(row akhra.Row) error {
			out := dataset.FamilyRow{Name: row.Name, Blob: row.Blob}
			for _, of := range tells {
				out.Told = append(out.Told, of[row.Blob])
			}
			return line(out)
		})
	})
}

// told reads what a question tells, by the bytes of the picture.
func (a *room) told(ctx context.Context, t akhra.Tenant) (map[string]akhra.Row, error) {
	all := map[string]akhra.Row{}
	err := a.DB.Rows(ctx, t, func(row akhra.Row) error { all[row.Blob] = row; return nil })
	if err != nil {
		return nil, fmt.Errorf("read a question: %w", err)
	}
	return all, nil
}
