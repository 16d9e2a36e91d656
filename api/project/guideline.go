package project

import (
	"context"
	"fmt"
	"net/http"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// GuidelineView is one version of what people are told before they answer.
type GuidelineView struct {
	Version  int                `json:"version" doc:"0 while there is none"`
	Text     string             `json:"text" doc:"Markdown: headings, lists, bold, italic, http links, pictures by item:ID or picture:ID. Anything else is text"`
	Created  akhra.Millis       `json:"created"`
	Versions []GuidelineVersion `json:"versions" doc:"All there are, newest first"`
}

// GuidelineVersion is a version that can be read.
type GuidelineVersion struct {
	Version int          `json:"version"`
	Created akhra.Millis `json:"created"`
}

// GuidelineNow is the guideline as a project shows it to one person.
type GuidelineNow struct {
	Version int    `json:"version"`
	Text    string `json:"text"`
	News    bool   `json:"news" doc:"She was not shown this version yet"`
}

// GuidelineBody is the next version of a guideline.
type GuidelineBody struct {
	Text  string `json:"text"`
	After int    `json:"after" minimum:"0" doc:"The version that was changed: if it is no longer the newest, nothing is stored"`
}

// GuidelinePicture is a picture that was brought along: the text names it picture:ID.
type GuidelinePicture struct {
	Drawing akhra.GuidelineID `json:"drawing"`
}

func (a *room) routeGuideline() {
	type read struct {
		door.InProject
		Version int `query:"version" minimum:"0" doc:"0 or absent for the newest"`
	}
	door.Register(a.Door, "guideline", func(ctx context.Context, in *read) (*door.Body[GuidelineView], error) {
		return door.Answer(a.guideline(ctx, door.CallerIn(ctx).Tenant(in.Project), in.Version))
	})
	type set struct {
		door.InProject
		Body GuidelineBody
	}
	door.Register(a.Door, "set-guideline", func(ctx context.Context, in *set) (*door.Body[GuidelineView], error) {
		return door.Answer(a.setGuideline(ctx, door.CallerIn(ctx), in.Project, in.Body))
	})
	type shown struct {
		door.InProject
		Body struct {
			Version int `json:"version" minimum:"1"`
		}
	}
	door.Register(a.Door, "read-guideline", func(ctx context.Context, in *shown) (*struct{}, error) {
		c := door.CallerIn(ctx)
		t := c.Tenant(in.Project)
		if _, err := a.Known(ctx, t); err != nil {
			return nil, err
		}
		return nil, a.DB.ReadGuideline(ctx, t, c.User.ID, in.Body.Version)
	})
	a.Plain("add-guideline-picture", a.addGuidelinePicture, door.Shapes(door.Params("path", "project"), door.BytesIn("image/*"), door.Answers[GuidelinePicture](a.Door)))
	a.Plain("guideline-picture", a.guidelinePicture, door.Shapes(door.Params("path", "project", "drawing"), door.BytesOut("image/jpeg")))
}

func (a *room) guideline(ctx context.Context, t akhra.Tenant, version int) (GuidelineView, error) {
	if _, err := a.Known(ctx, t); err != nil {
		return GuidelineView{}, err
	}
	g, err := a.DB.Guideline(ctx, t, version)
	if err != nil {
		return GuidelineView{}, err
	}
	all, err := a.DB.Guidelines(ctx, t)
	if err != nil {
		return GuidelineView{}, fmt.Errorf("list versions of a guideline: %w", err)
	}
	v := GuidelineView{Version: g.Version, Text: g.Text, Created: g.Created, Versions: []GuidelineVersion{}}
	for _, one := range all {
		v.Versions = append(v.Versions, GuidelineVersion{one.Version, one.Created})
	}
	return v, nil
}

// guidelineNow is what a project's page shows to its reader.
func (a *room) guidelineNow(ctx context.Context, t akhra.Tenant, reader akhra.UserID) (GuidelineNow, error) {
	g, err := a.DB.Guideline(ctx, t, 0)
	if err != nil {
		return GuidelineNow{}, fmt.Errorf("read a guideline: %w", err)
	}
	read, err := a.DB.GuidelineRead(ctx, t, reader)
	if err != nil {
		return GuidelineNow{}, fmt.Errorf("read who was shown a guideline: %w", err)
	}
	return GuidelineNow{Version: g.Version, Text: g.Text, News: g.Version > read && g.Text != ""}, nil
}

// setGuideline stores the next version; its writer has read it.
func (a *room) setGuideline(ctx context.Context, c *door.Caller, project akhra.ProjectID, in GuidelineBody) (GuidelineView, error) {
	t := c.Tenant(project)
	if _, err := a.Known(ctx, t); err != nil {
		return GuidelineView{}, err
	}
	g, err := a.DB.SetGuideline(ctx, t, akhra.Guideline{Text: in.Text, By: c.User.ID}, in.After)
	if err != nil {
		return GuidelineView{}, err
	}
	if err := a.DB.ReadGuideline(ctx, t, c.User.ID, g.Version); err != nil {
		return GuidelineView{}, fmt.Errorf("note that the writer has read it: %w", err)
	}
	return a.guideline(ctx, t, 0)
}

func (a *room) addGuidelinePicture(w http.ResponseWriter, r *http.Request) error {
	c := door.CallerIn(r.Context())
	t := c.Tenant(akhra.ProjectID(r.PathValue("project")))
	if _, err := a.Known(r.Context(), t); err != nil {
		return err
	}
	hash, err := a.Engine.Ingest.Show(r.Context(), "The picture", r.Body)
	if err != nil {
		return err
	}
	id, err := a.NewID()
	if err != nil {
		return fmt.Errorf("make a picture's id: %w", err)
	}
	if err := a.DB.AddGuidelinePicture(r.Context(), t, akhra.GuidelineID(id), hash, c.User.ID); err != nil {
		return err
	}
	door.WriteJSON(w, http.StatusOK, door.JSONType, GuidelinePicture{akhra.GuidelineID(id)})
	return nil
}

func (a *room) guidelinePicture(w http.ResponseWriter, r *http.Request) error {
	t := door.CallerIn(r.Context()).Tenant(akhra.ProjectID(r.PathValue("project")))
	hash, err := a.DB.GuidelinePicture(r.Context(), t, akhra.GuidelineID(r.PathValue("drawing")))
	if err != nil {
		return err
	}
	return a.ServePicture(w, r, hash)
}
