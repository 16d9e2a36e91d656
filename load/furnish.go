package load

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
	"akhra.dev/akhra/store"
)

const (
	itemBatch = 500
	makers    = 32 // people are added by so many at once: they share commits
)

var classNames = []string{"a", "b", "c", "d", "e"}

// Furnish fills a new data folder for a plan: projects with enough tasks, and
// signed-in people, at most a thousand to a project. Pictures have rows and no
// bytes. Where the server answers is left to be set.
func Furnish(ctx context.Context, db *store.DB, org akhra.Org, plan Plan) (Target, error) {
	t := Target{Alone: true, People: make([]Person, plan.People())}
	owner, err := signedIn(ctx, db, org, "Owner", "owner", akhra.Owner)
	if err != nil {
		return t, err
	}
	t.Owner = owner
	projects := (len(t.People) + perProject - 1) / perProject
	slots := spareShare*plan.Rate*plan.Length.Seconds() + 2*leaseSize*float64(len(t.People))
	for i := range projects {
		p, err := project(ctx, db, org, i, int(slots/float64(projects)/askedOfEach)+itemBatch)
		if err != nil {
			return t, err
		}
		t.Projects = append(t.Projects, p)
	}
	var all sync.WaitGroup
	failed := make(chan error, makers)
	for m := range makers {
		all.Go(func() {
			for i := m; i < len(t.People); i += makers {
				one := Person{Name: fmt.Sprintf("Person %d", i+1), Project: i % projects}
				if one.Cookie, err = signedIn(ctx, db, org, one.Name, fmt.Sprintf("person-%d", i+1), akhra.Annotator); err != nil {
					failed <- err
					return
				}
				t.People[i] = one
			}
		})
	}
	all.Wait()
	select {
	case err := <-failed:
		return t, err
	default:
		return t, nil
	}
}

// project makes one and its pictures.
func project(ctx context.Context, db *store.DB, org akhra.Org, n, pictures int) (Project, error) {
	classes := make([]akhra.Class, len(classNames))
	for i, name := range classNames {
		classes[i] = akhra.Class{ID: akhra.ClassID(db.NewID()), Name: name, Key: fmt.Sprint(i + 1)}
	}
	settings := akhra.DefaultSettings()
	settings.Overlap, settings.Cap = askedOfEach, askedOfEach
	p := akhra.Project{ID: akhra.ProjectID(db.NewID()), Org: org.ID, Name: fmt.Sprintf("Load test %d", n+1), Question: "What is it?", Settings: settings,
		LabelSet: akhra.LabelSetID(db.NewID()), Created: akhra.MillisOf(time.Now())}
	tenant := akhra.Tenant{Org: org.ID, Project: p.ID}
	if err := db.AddProject(ctx, tenant, p, akhra.LabelSet{ID: p.LabelSet, Version: 1, Classes: classes}); err != nil {
		return Project{}, fmt.Errorf("make a project: %w", err)
	}
	for made := 0; made < pictures; made += itemBatch {
		if _, err := db.AddItems(ctx, tenant, items(db, p.ID, made)); err != nil {
			return Project{}, fmt.Errorf("make pictures: %w", err)
		}
	}
	return Project{p.ID, classes}, nil
}

func items(db *store.DB, p akhra.ProjectID, from int) []akhra.Item {
	items := make([]akhra.Item, itemBatch)
	for i := range items {
		name := fmt.Sprintf("load-%06d.jpg", from+i)
		hash := door.HashToken(string(p) + name)
		items[i] = akhra.Item{ID: akhra.ItemID(db.NewID()), Blob: hash, Name: name, Width: 640, Height: 480,
			Variants: [3]string{hash, hash, hash}, Created: akhra.MillisOf(time.Now())}
	}
	return items
}

// signedIn adds somebody and returns the cookie of her session.
func signedIn(ctx context.Context, db *store.DB, org akhra.Org, name, login string, role akhra.Role) (cookie string, err error) {
	token := rand.Text() + rand.Text()
	now := time.Now()
	u := akhra.User{ID: akhra.UserID(db.NewID()), Org: org.ID, Name: name, Login: login, Role: role, Created: akhra.MillisOf(now)}
	if err := db.AddUser(ctx, u); err != nil {
		return "", fmt.Errorf("add a person: %w", err)
	}
	s := akhra.Session{TokenHash: door.HashToken(token), User: u.ID, Org: u.Org, Created: akhra.MillisOf(now), Expires: akhra.MillisOf(now.Add(24 * time.Hour))}
	if err := db.AddSession(ctx, s); err != nil {
		return "", fmt.Errorf("sign a person in: %w", err)
	}
	return "akhra=" + token, nil
}
