package api_test

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"akhra.dev/akhra"
)

// contract is the OpenAPI document as the tests read it: whatever it lists is
// asked, so that a new operation is tested without a line about it.
type contract struct {
	ops     []contractOp
	schemas map[string]contractSchema
}

type contractOp struct {
	ID          string       `json:"operationId"`
	Act         akhra.Act    `json:"x-act"`
	Allow       []akhra.Role `json:"x-allow"`
	Parameters  []contractParam
	RequestBody struct{ Content contractContent }
	Responses   map[string]struct{ Content contractContent }

	method, path string
}

type contractParam struct {
	Name, In string
	Required bool
	Schema   contractSchema
}

type contractContent map[string]struct{ Schema contractSchema }

type contractSchema struct {
	Ref        string `json:"$ref"`
	Type       any
	Properties map[string]contractSchema
	Required   []string
	Items      *contractSchema
	Enum       []any
	Minimum    float64
	MinItems   int
}

func readContract(t *testing.T) *contract {
	t.Helper()
	var doc struct {
		Paths      map[string]map[string]contractOp
		Components struct{ Schemas map[string]contractSchema }
	}
	must(t, json.Unmarshal(document(t), &doc))
	c := &contract{schemas: doc.Components.Schemas}
	for path, methods := range doc.Paths {
		for method, op := range methods {
			op.method, op.path = strings.ToUpper(method), path
			c.ops = append(c.ops, op)
		}
	}
	slices.SortFunc(c.ops, gentlestFirst)
	return c
}

// gentlestFirst puts what only reads first and what removes most last.
func gentlestFirst(a, b contractOp) int {
	rank := func(op contractOp) int {
		return slices.Index([]string{"GET", "POST", "PUT", "PATCH", "DELETE"}, op.method)*100 - strings.Count(op.path, "/")
	}
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	return strings.Compare(a.ID, b.ID)
}

func (op contractOp) public() bool { return op.Act == "public" }

// streams tells whether an operation answers with events without an end.
func (op contractOp) streams() bool {
	_, ok := op.Responses["200"].Content["text/event-stream"]
	return ok
}

// ids names one object of each noun: {"project": "0190...", "item": ...}.
type ids map[string]string

// request is a legal request of an operation: objects of its path from one
// set of ids, those of its body and query from another. A full one has every
// optional field, too.
func (c *contract) request(t *testing.T, op contractOp, path, rest ids, full bool) (target, kind, body string) {
	t.Helper()
	target = placesOf.ReplaceAllStringFunc(op.path, func(place string) string {
		return url.PathEscape(path.of(t, strings.Trim(place, "{}")))
	})
	query := url.Values{}
	for _, p := range op.Parameters {
		switch _, named := rest[p.Name]; {
		case p.In != "query":
		case p.Name == "name":
			query.Set(p.Name, "thing.png")
		case p.Required || full && named:
			query.Set(p.Name, rest.of(t, p.Name))
		}
	}
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	for of, content := range op.RequestBody.Content {
		kind, body = of, rawBody(t, of)
		if of == "application/json" {
			text, err := json.Marshal(c.value(t, content.Schema, "", rest, full))
			must(t, err)
			body = string(text)
		}
	}
	return target, kind, body
}

var placesOf = regexp.MustCompile(`\{\w+\}`)

// of is the id of a noun; of a noun that nobody knows it is one that nothing has.
func (s ids) of(t *testing.T, name string) string {
	if id, known := s[name]; known {
		return id
	}
	return newID(t)
}

func rawBody(t *testing.T, kind string) string {
	switch kind {
	case "image/*":
		return string(drawing(t, 99))
	case "text/csv":
		return "file,class\n"
	}
	return "neither a zip nor a network"
}

// value is a legal value of a schema. Fields named like a noun of the set hold
// its id; a field "id" holds one that is new.
func (c *contract) value(t *testing.T, s contractSchema, name string, known ids, full bool) any {
	t.Helper()
	if s.Ref != "" {
		s = c.schemas[s.Ref[strings.LastIndex(s.Ref, "/")+1:]]
	}
	if len(s.Enum) > 0 {
		return s.Enum[0]
	}
	kind, _ := s.Type.(string)
	if list, ok := s.Type.([]any); ok {
		kind, _ = list[0].(string)
	}
	switch kind {
	case "object":
		out := map[string]any{}
		for field, of := range s.Properties {
			if full || slices.Contains(s.Required, field) {
				out[field] = c.value(t, of, field, known, full)
			}
		}
		return out
	case "array":
		out := []any{}
		for range max(1, s.MinItems) {
			out = append(out, c.value(t, *s.Items, singular(name), known, full))
		}
		return out
	case "integer", "number":
		return max(1, s.Minimum)
	case "boolean":
		return true
	}
	if id, ok := known[name]; ok {
		return id
	}
	if name == "id" {
		return newID(t)
	}
	return "word-" + newID(t)
}

func singular(name string) string {
	switch {
	case name == "people":
		return "person"
	case strings.HasSuffix(name, "sses"):
		return strings.TrimSuffix(name, "es")
	case strings.HasSuffix(name, "ies"):
		return strings.TrimSuffix(name, "ies") + "y"
	}
	return strings.TrimSuffix(name, "s")
}

// asID is what ids look like: UUIDs, and hashes of content.
var asID = regexp.MustCompile(`^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})$`)

// gather adds the ids of a JSON answer by the names they stand under: "task":
// "0190..." is a task, "jobs": [{"id": ...}] holds a job. The first is kept.
func (s ids) gather(value any, under string) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			if text, ok := inner.(string); ok && asID.MatchString(text) {
				noun := key
				if key == "id" {
					noun = singular(under)
				}
				if _, have := s[noun]; !have && noun != "" && noun != "name" {
					s[noun] = text
				}
			}
			s.gather(inner, key)
		}
	case []any:
		for _, inner := range v {
			s.gather(inner, under)
		}
	}
}
