package door

import (
	"sync/atomic"

	"akhra.dev/akhra"
)

// Traffic counts what goes over people's lines since the server started.
type Traffic struct {
	answers, answerBytes   atomic.Int64
	pictures, pictureBytes atomic.Int64
	since                  akhra.Millis
}

// TrafficView is what one answer and one picture cost people's lines.
type TrafficView struct {
	Since        akhra.Millis `json:"since" doc:"When the server started"`
	Answers      int64        `json:"answers"`
	AnswerBytes  int64        `json:"answerBytes" doc:"Of the bodies that brought them, as they came over the line"`
	Pictures     int64        `json:"pictures"`
	PictureBytes int64        `json:"pictureBytes"`
}

// Answered counts answers that came in a body of so many bytes; bodies of
// unknown length are left out.
func (t *Traffic) Answered(answers int, bytes int64) {
	if bytes <= 0 {
		return
	}
	t.answers.Add(int64(answers))
	t.answerBytes.Add(bytes)
}

// Shown counts a picture that was sent.
func (t *Traffic) Shown(bytes int) {
	t.pictures.Add(1)
	t.pictureBytes.Add(int64(bytes))
}

// View tells the counts of now.
func (t *Traffic) View() TrafficView {
	return TrafficView{t.since, t.answers.Load(), t.answerBytes.Load(), t.pictures.Load(), t.pictureBytes.Load()}
}
