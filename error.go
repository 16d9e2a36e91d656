package akhra

import (
	"errors"
	"fmt"
)

// Code says what kind of thing went wrong. Programs decide by it.
type Code string

// The codes an Error may carry; api maps each to one HTTP status.
const (
	Invalid      Code = "invalid"      // the request is malformed or breaks a rule of its noun
	NotFound     Code = "not_found"    // it does not exist, or not for you
	Unauthorized Code = "unauthorized" // nobody is signed in
	Forbidden    Code = "forbidden"    // signed in, but the role may not
	Conflict     Code = "conflict"     // same id with another body, or already answered
	Precondition Code = "precondition" // the thing changed since it was read
	TooLarge     Code = "too_large"    // over a limit of size
	TooMany      Code = "too_many"     // over a limit of rate
	Unavailable  Code = "unavailable"  // not now; also "unknown outcome: repeat with the same id"
	Internal     Code = "internal"     // everything else; the log knows more
)

// Error speaks with two voices: a Code for programs and a kind sentence for
// the person, who learns what happened and what to do. Field names the part of
// the input that is wrong, never its value.
type Error struct {
	Code    Code
	Message string
	Field   string
}

func (e *Error) Error() string { return e.Message }

// Errorf makes an Error with a formatted sentence.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// InvalidField makes an Invalid error about one field of the input.
func InvalidField(field, format string, args ...any) *Error {
	return &Error{Code: Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

// CodeOf returns the code an error carries, "" for nil and Internal for any
// error that is not an Error.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}

// Sentence returns what a person may read about an error; internal errors keep
// their details for the log.
func Sentence(err error) string {
	if e, ok := errors.AsType[*Error](err); ok && e.Code != Internal {
		return e.Message
	}
	return "Something went wrong on our side. Nothing you did is lost; please try again."
}
