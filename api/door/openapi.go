package door

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

// Answers describes a plain operation that answers 200 with JSON of type O.
func Answers[O any](a *Door) func(*huma.Operation) {
	return func(op *huma.Operation) {
		op.Responses["200"] = &huma.Response{Description: "Done", Content: content(JSONType, a.schema(reflect.TypeFor[O]()))}
	}
}

// Takes describes the JSON body of a plain operation.
func Takes[I any](a *Door) func(*huma.Operation) {
	return func(op *huma.Operation) {
		op.RequestBody = &huma.RequestBody{Required: true, Content: content(JSONType, a.schema(reflect.TypeFor[I]()))}
	}
}

// BytesIn describes a body of raw bytes.
func BytesIn(kind string) func(*huma.Operation) {
	return func(op *huma.Operation) {
		op.RequestBody = &huma.RequestBody{Required: true, Content: content(kind, binary())}
	}
}

// BytesOut describes an answer that is not JSON.
func BytesOut(kind string) func(*huma.Operation) {
	return func(op *huma.Operation) {
		op.Responses["200"] = &huma.Response{Description: "Done", Content: content(kind, binary())}
	}
}

// Params names the path and query parameters of a plain operation.
func Params(in string, names ...string) func(*huma.Operation) {
	return func(op *huma.Operation) {
		for _, name := range names {
			op.Parameters = append(op.Parameters, &huma.Param{Name: name, In: in, Required: in == "path", Schema: &huma.Schema{Type: huma.TypeString}})
		}
	}
}

// Shapes joins descriptions of a plain operation.
func Shapes(parts ...func(*huma.Operation)) func(*huma.Operation) {
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

func (a *Door) schema(t reflect.Type) *huma.Schema {
	return a.framework.OpenAPI().Components.Schemas.Schema(t, true, t.Name())
}

// Body wraps a value as a framework answer.
type Body[T any] struct{ Body T }

// Answer is a value or an error as a typed operation returns it.
func Answer[T any](v T, err error) (*Body[T], error) {
	if err != nil {
		return nil, err
	}
	return &Body[T]{Body: v}, nil
}

// None is the input of an operation without parameters.
type None struct{}

// NoContent describes a plain operation that answers nothing.
func NoContent(op *huma.Operation) {
	op.Responses["204"] = &huma.Response{Description: "Done"}
}

// ReadJSON reads a plain operation's body; unknown fields are refused.
func ReadJSON(r *http.Request, into any) error {
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
