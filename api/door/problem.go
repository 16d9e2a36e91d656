package door

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"akhra.dev/akhra"
)

// Problem is what a refused request reads (RFC 9457). Title is a sentence for
// the person. It never repeats what was sent.
type Problem struct {
	Type   akhra.Code `json:"type" doc:"What kind of thing went wrong" enum:"invalid,not_found,unauthorized,forbidden,conflict,precondition,too_large,too_many,unavailable,internal"`
	Title  string     `json:"title" doc:"A sentence for the person"`
	Status int        `json:"status"`
	Errors []Fault    `json:"errors,omitempty" doc:"The parts of the input that are wrong"`
}

// Fault points at one wrong part of the input.
type Fault struct {
	Location string `json:"location" doc:"JSON path, never a value"`
	Message  string `json:"message"`
}

// Error returns the sentence for the person.
func (p *Problem) Error() string { return p.Title }

// GetStatus returns the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType names the media type of RFC 9457.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

var statuses = map[akhra.Code]int{
	akhra.Invalid: http.StatusBadRequest, akhra.NotFound: http.StatusNotFound, akhra.Unauthorized: http.StatusUnauthorized,
	akhra.Forbidden: http.StatusForbidden, akhra.Conflict: http.StatusConflict, akhra.Precondition: http.StatusPreconditionFailed,
	akhra.TooLarge: http.StatusRequestEntityTooLarge, akhra.TooMany: http.StatusTooManyRequests,
	akhra.Unavailable: http.StatusServiceUnavailable, akhra.Internal: http.StatusInternalServerError,
}

// sentences are said when the framework, not a rule of ours, refuses.
var sentences = map[int]*Problem{
	http.StatusBadRequest:            {Type: akhra.Invalid, Title: "The request could not be read."},
	http.StatusUnprocessableEntity:   {Type: akhra.Invalid, Title: "Some of what was sent is not as expected."},
	http.StatusUnsupportedMediaType:  {Type: akhra.Invalid, Title: "This kind of content is not understood here."},
	http.StatusNotAcceptable:         {Type: akhra.Invalid, Title: "The answer cannot be given in that form."},
	http.StatusUnauthorized:          {Type: akhra.Unauthorized, Title: "Please sign in."},
	http.StatusForbidden:             {Type: akhra.Forbidden, Title: "Your role does not allow this."},
	http.StatusNotFound:              {Type: akhra.NotFound, Title: "It does not exist, or not for you."},
	http.StatusMethodNotAllowed:      {Type: akhra.Invalid, Title: "That cannot be done here."},
	http.StatusRequestTimeout:        {Type: akhra.Unavailable, Title: "The request took too long to arrive. Please try again."},
	http.StatusRequestEntityTooLarge: {Type: akhra.TooLarge, Title: "That is larger than is accepted here."},
}

// ProblemOf turns an error into what the person reads. Internal errors keep
// their details for the log.
func ProblemOf(err error) *Problem {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return ProblemFor(http.StatusRequestEntityTooLarge)
	}
	code := akhra.CodeOf(err)
	p := &Problem{Type: code, Title: akhra.Sentence(err), Status: statuses[code]}
	if e, ok := errors.AsType[*akhra.Error](err); ok && e.Field != "" {
		p.Errors = []Fault{{Location: "body." + e.Field, Message: e.Message}}
	}
	return p
}

// ProblemFor is what a person reads when a status has no rule of ours behind it.
func ProblemFor(status int) *Problem {
	p := &Problem{Type: akhra.Internal, Title: akhra.Sentence(errors.New("framework")), Status: status}
	if known := sentences[status]; known != nil {
		p.Type, p.Title = known.Type, known.Title
	}
	return p
}

// shapeFramework sets the framework's package variables once: errors never
// echo a submitted value, and lists are lists, not "lists or null".
var shapeFramework = sync.OnceFunc(func() {
	huma.DefaultArrayNullable = false
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError {
		p := ProblemFor(status)
		for _, err := range errs {
			if detail, ok := err.(huma.ErrorDetailer); ok {
				d := detail.ErrorDetail()
				p.Errors = append(p.Errors, Fault{Location: d.Location, Message: d.Message})
			}
		}
		return p
	}
	huma.NewErrorWithContext = func(_ huma.Context, status int, msg string, errs ...error) huma.StatusError {
		return huma.NewError(status, msg, errs...)
	}
})

// Report logs what the person may not read and returns what she may.
func (a *Door) Report(ctx context.Context, operation string, err error) *Problem {
	p := ProblemOf(err)
	if p.Type == akhra.Internal && ctx.Err() == nil {
		a.Log.Error("request failed", slog.String("operation", operation), slog.Any("error", err))
	}
	return p
}

// Refuse writes a problem as the whole answer.
func Refuse(w http.ResponseWriter, p *Problem) {
	if p.Status == http.StatusServiceUnavailable || p.Status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", strconv.Itoa(retryAfter))
	}
	WriteJSON(w, p.Status, "application/problem+json", p)
}
