//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// person is one signed-in person's way in, over whatever server holds the house
// at the moment.
type person struct {
	house  *house
	cookie string
}

const askPatience = 2 * time.Minute // others may hold the machine for a while

// errNoServer says that nobody answers at the moment.
var errNoServer = errors.New("no server")

// asked is an answer of a server that is not good.
type asked struct {
	status int
	text   string
}

func (a asked) Error() string { return fmt.Sprintf("%d %s", a.status, a.text) }

// json asks with a JSON body and reads a JSON answer.
func (d *person) json(method, path string, in, out any) error {
	text, err := json.Marshal(in)
	if err != nil {
		return err
	}
	answer, err := d.send(method, path, "application/json", text)
	if err != nil || out == nil {
		return err
	}
	return json.Unmarshal(answer, out)
}

// send asks and returns the body of a good answer. An error that is not an
// asked leaves open what became of the request.
func (d *person) send(method, path, kind string, body []byte) (answered []byte, err error) {
	on := d.house.requests.begin(path)
	defer func() { d.house.requests.end(on, err) }()
	base := d.house.base()
	if base == "" {
		return nil, errNoServer
	}
	r, err := http.NewRequest(method, base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Cookie", d.cookie)
	answer, err := d.house.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode >= http.StatusMultipleChoices {
		return nil, asked{answer.StatusCode, string(text)}
	}
	for _, c := range answer.Cookies() {
		d.cookie = c.Name + "=" + c.Value
	}
	return text, nil
}

// isRefusal tells an answer that says the request did nothing.
func isRefusal(err error) bool {
	a, ok := errors.AsType[asked](err)
	return ok && a.status < http.StatusInternalServerError && a.status != http.StatusTooManyRequests
}
