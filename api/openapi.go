package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"akhra.dev/akhra"
)

func unwrap(ctx huma.Context) (*http.Request, http.ResponseWriter) { return humago.Unwrap(ctx) }

// answers describes a plain operation that answers 200 with JSON of type O.
func answers[O any](a *API) func(*huma.Operation) {
	return func(op *huma.Operation) {
		op.Responses["200"] = &huma.Response{Description: "Done", Content: content(jsonType, a.schema(reflect.TypeFor[O]()))}
	}
}

// takes describes the JSON body of a plain operation.
func takes[I any](a *API) func(*huma.Operation) {
	return func(op *huma.Operation) {
		op.RequestBody = &huma.RequestBody{Required: true, Content: content(jsonType, a.schema(reflect.TypeFor[I]()))}
	}
}

// bytesIn describes a body of raw bytes.
func bytesIn(kind string) func(*huma.Operation) {
	return func(op *huma.Operation) {
		op.RequestBody = &huma.RequestBody{Required: true, Content: content(kind, binary())}
	}
}

// bytesOut describes an answer that is not JSON.
func bytesOut(kind string) func(*huma.Operation) {
	return func(op *huma.Operation) {
		op.Responses["200"] = &huma.Response{Description: "Done", Content: content(kind, binary())}
	}
}

// params names the path and query parameters of a plain operation.
func params(in string, names ...string) func(*huma.Operation) {
	return func(op *huma.Operation) {
		for _, name := range names {
			op.Parameters = append(op.Parameters, &huma.Param{Name: name, In: in, Required: in == "path", Schema: &huma.Schema{Type: huma.TypeString}})
		}
	}
}

func shapes(parts ...func(*huma.Operation)) func(*huma.Operation) {
	return func(op *huma.Operation) {
		for _, part := range parts {
			part(op)
		}
	}
}

func content(kind string, s *huma.Schema) map[string]*huma.MediaType {
	return map[string]*huma.MediaType{kind: {Schema: s}}
}

func binary() *huma.Schema { return &huma.Schema{Type: huma.TypeString, Format: "binary"} }

func (a *API) schema(t reflect.Type) *huma.Schema {
	return a.framework.OpenAPI().Components.Schemas.Schema(t, true, t.Name())
}

// body wraps a value as a framework answer.
type body[T any] struct{ Body T }

func answer[T any](v T, err error) (*body[T], error) {
	if err != nil {
		return nil, err
	}
	return &body[T]{Body: v}, nil
}

// none is the input of an operation without parameters.
type none struct{}

// noContent describes a plain operation that answers nothing.
func noContent(op *huma.Operation) {
	op.Responses["204"] = &huma.Response{Description: "Done"}
}

// readJSON reads a plain operation's body; unknown fields are refused.
func readJSON(r *http.Request, into any) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			return err
		}
		return akhra.Errorf(akhra.Invalid, "The request could not be read.")
	}
	return nil
}
