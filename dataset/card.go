package dataset

import (
	"fmt"
	"strings"

	"akhra.dev/akhra"
)

// CardText is the card of a dataset as Markdown: what it is, how it was judged,
// where it is weak, in plain words.
func CardText(d akhra.Dataset) string {
	var b strings.Builder
	c := d.Card
	fmt.Fprintf(&b, "# %s, %s\n\n", plainLine(c.Project), plainLine(d.Name))
	fmt.Fprintf(&b, "Question people answered: %s\n\n", plainLine(c.Question))
	fmt.Fprintf(&b, "| | |\n|---|---|\n| frozen | %s |\n| form | %s |\n| bytes | %d |\n| SHA-256 | `%s` |\n",
		d.Created.Time().Format("2 January 2006, 15:04 UTC"), formWords[d.Format], d.Size, d.Blob)
	fmt.Fprintf(&b, "| pictures | %d |\n| with a class | %d |\n", c.Pictures, c.Classed)
	if c.Left > 0 {
		fmt.Fprintf(&b, "| left out, for they have no class yet | %d |\n", c.Left)
	}
	fmt.Fprintf(&b, "| answers of people | %d |\n", c.Answers)
	if c.People > 0 {
		fmt.Fprintf(&b, "| people who gave them | %d |\n", c.People)
	}
	b.WriteString("\n## Classes\n\n| class | pictures | rule |\n|---|---|---|\n")
	for _, one := range c.Classes {
		fmt.Fprintf(&b, "| %s | %d | %s |\n", cell(one.Name), one.Pictures, cell(one.Words))
	}
	b.WriteString("\n## How it was judged\n\n" + judged(c) + "\n## Known weak classes\n\n" + weak(c) + "\n## Promise\n\n" + promised(c))
	b.WriteString("\n## Licence\n\n")
	if strings.TrimSpace(c.Licence) == "" {
		b.WriteString("The owner has said nothing about it. Ask before you use this.\n")
	} else {
		b.WriteString(c.Licence + "\n")
	}
	return b.String()
}

var formWords = map[akhra.Format]string{
	akhra.FormatConsensus: "CSV, one line a picture",
	akhra.FormatVotes:     "CSV, one line an answer",
	akhra.FormatJSONL:     "JSON Lines, one picture a line, with its answers",
	akhra.FormatImageNet:  "zip, one folder a class; the pictures are JPEG, upright, at most 1440 pixels long, without place and camera data",
}

// sourceWords say who decided; in the order of the card.
var sourceWords = []struct{ source, words string }{
	{"people", "decided by people alone"},
	{"people and model", "decided by people, with the model as one more voice"},
	{"model", "said by the model alone, nobody was asked"},
	{akhra.MethodReview, "decided by a reviewer where people differed"},
	{akhra.MethodGold, "known before"},
}

func judged(c akhra.Card) string {
	var b strings.Builder
	for _, s := range sourceWords {
		for _, one := range c.Sources {
			if one.Source == s.source && one.Pictures > 0 {
				fmt.Fprintf(&b, "- %d pictures: %s\n", one.Pictures, s.words)
			}
		}
	}
	if b.Len() == 0 {
		return "Each answer stands as it was given.\n"
	}
	if c.Model > 0 {
		fmt.Fprintf(&b, "\nThe model was version %d; it never judged a picture by answers that had taught it.\n", c.Model)
	}
	return b.String()
}

func weak(c akhra.Card) string {
	var b strings.Builder
	known := false
	for _, one := range c.Classes {
		known = known || one.Of >= akhra.WeakOf
		if one.Weak() {
			fmt.Fprintf(&b, "- %s: the model foresaw %d of %d answers people gave without seeing its opinion\n", plainLine(one.Name), one.Right, one.Of)
		}
	}
	switch {
	case b.Len() > 0:
		return b.String()
	case known:
		return "None: the model foresees eight of ten answers or more for every class that was asked often enough to tell.\n"
	}
	return "Nothing is known: too few pictures were asked by chance.\n"
}

func promised(c akhra.Card) string {
	if c.Certificate == nil {
		return "Nothing is certified.\n"
	}
	k := c.Certificate
	return fmt.Sprintf("%s\n\n%d pictures were drawn at random before anybody had answered them; %d of them are delivered wrong. %s\n", k.Words, k.N, k.Errors, k.Method)
}

// plainLine keeps text on one line and from being taken for Markdown.
func plainLine(text string) string {
	return markdown.Replace(strings.Join(strings.Fields(text), " "))
}

var markdown = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "<", "&lt;", "#", `\#`)

func cell(text string) string { return strings.ReplaceAll(plainLine(text), "|", `\|`) }
