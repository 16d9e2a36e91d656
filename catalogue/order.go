package catalogue

import (
	"cmp"
	"encoding/base64"
	"encoding/json"

	"akhra.dev/akhra"
)

// key is where an entry stands in an order: smaller keys come first, then names,
// then what arrived first.
type key struct {
	N    float64 `json:"n"`
	Name string  `json:"s,omitempty"`
	Seq  int64   `json:"q"`
}

// keyOf is the place of an entry.
func keyOf(order akhra.Order, r *row) key {
	k := key{Seq: r.seq}
	switch order {
	case akhra.OrderNewest:
		k.N = -float64(r.seq)
	case akhra.OrderOldest:
		k.N = float64(r.seq)
	case akhra.OrderName:
		k.Name = r.name
	case akhra.OrderAnswered:
		k.N = -float64(r.answered)
	default:
		k.N = doubtful(r)
	}
	return k
}

// doubtful orders open pictures by their posterior, then settled ones, then
// those nobody answered.
func doubtful(r *row) float64 {
	switch stages[r.stage] {
	case akhra.StageNone:
		return 2
	case akhra.StageDone:
		return 1 + float64(r.p)
	}
	return float64(r.p)
}

func compare(a, b key) int {
	if c := cmp.Compare(a.N, b.N); c != 0 {
		return c
	}
	return cmp.Or(natural(a.Name, b.Name), cmp.Compare(a.Seq, b.Seq))
}

// natural compares names so that leaf-9 comes before leaf-10.
func natural(a, b string) int {
	for len(a) > 0 && len(b) > 0 {
		if m, n := digits(a), digits(b); m > 0 && n > 0 {
			if c := cmp.Or(number(a[:m], b[:n]), cmp.Compare(m, n)); c != 0 {
				return c
			}
			a, b = a[m:], b[n:]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

// digits counts the digits that text begins with.
func digits(text string) int {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return i
		}
	}
	return len(text)
}

// number compares two runs of digits by their value, whatever their length.
func number(a, b string) int {
	for len(a) > 0 && a[0] == '0' {
		a = a[1:]
	}
	for len(b) > 0 && b[0] == '0' {
		b = b[1:]
	}
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

func (k key) cursor() string {
	body, _ := json.Marshal(k) // numbers and text always encode
	return base64.RawURLEncoding.EncodeToString(body)
}

func readCursor(text string) (k key, err error) {
	body, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(body, &k)
	}
	if err != nil {
		return k, akhra.InvalidField("cursor", "This is not the cursor of a page.")
	}
	return k, nil
}
