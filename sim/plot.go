package sim

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// The drawing looks like the curve of the project page.
const (
	plotWidth, plotHeight       = 760.0, 430.0
	plotLeft, plotTop           = 56.0, 40.0
	plotRight, plotBottom       = 180.0, 56.0
	inkFaint, inkLine, inkPaper = "#574E45", "#DCD3C3", "#FFFDF8"
	inkEarth, inkGrey, inkLeaf  = "#9A3A1C", "#6E6458", "#3F6324"
)

// Plot draws the share of right classes by answers per picture as SVG: the
// run's own curve, beside it that of another run (random sampling; may be
// empty) and what majorities give.
func Plot(out io.Writer, r, beside Result) error {
	p := plot{low: lowest(r, beside), reach: reach(r, beside)}
	p.open()
	p.grid()
	if r.Target > 0 {
		y := p.y(r.Target)
		p.add(`<path d="M%.1f %.1fH%.1f" fill="none" stroke="%s" stroke-width="2" stroke-dasharray="1.5 4"/>`, plotLeft, y, plotWidth-plotRight, inkLeaf)
		p.key(2, inkLeaf, `2" stroke-dasharray="1.5 4`, fmt.Sprintf("%.4g %% wanted", 100*r.Target))
	}
	p.line(beside.Points, inkGrey, `2" stroke-dasharray="8 5`)
	p.key(1, inkGrey, `2" stroke-dasharray="8 5`, "random sampling")
	p.majorities(r.Majority)
	p.line(r.Points, inkEarth, "2.75")
	p.key(0, inkEarth, "2.75", r.Strategy)
	if r.Target > 0 && r.ReachedAtL != nil {
		p.add(`<circle cx="%.1f" cy="%.1f" r="5.5" fill="%s" stroke="%s" stroke-width="2"/>`, p.x(*r.ReachedAtL), p.y(r.Target), inkEarth, inkPaper)
		p.text(p.x(*r.ReachedAtL)+8, p.y(r.Target)+20, inkEarth, "start", fmt.Sprintf("%.2f", *r.ReachedAtL))
	}
	p.text(plotLeft-8, 20, inkFaint, "start", "Classes right, %")
	p.text((plotLeft+plotWidth-plotRight)/2, plotHeight-10, inkFaint, "middle", "Answers per picture")
	p.add("</svg>")
	_, err := io.WriteString(out, p.body.String())
	if err != nil {
		return fmt.Errorf("write the drawing: %w", err)
	}
	return nil
}

// plot is a drawing under way.
type plot struct {
	body       strings.Builder
	low, reach float64 // least share drawn, most answers per picture
}

func (p *plot) add(format string, args ...any) { fmt.Fprintf(&p.body, format+"\n", args...) }

func (p *plot) x(answers float64) float64 {
	return plotLeft + (plotWidth-plotLeft-plotRight)*min(1, answers/p.reach)
}

func (p *plot) y(share float64) float64 {
	high := plotHeight - plotTop - plotBottom
	return plotTop + high*(1-(max(share, p.low)-p.low)/(1-p.low))
}

func (p *plot) open() {
	p.add(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" width="%g" height="%g" font-family="system-ui, sans-serif" font-size="13">`,
		plotWidth, plotHeight, plotWidth, plotHeight)
	p.add(`<rect width="%g" height="%g" fill="%s"/>`, plotWidth, plotHeight, inkPaper)
}

// grid draws a line every ten points and names four steps of answers.
func (p *plot) grid() {
	for tens := math.Ceil(10 * p.low); tens <= 10; tens++ {
		y := p.y(tens / 10)
		p.add(`<path d="M%.1f %.1fH%.1f" fill="none" stroke="%s"/>`, plotLeft, y, plotWidth-plotRight, inkLine)
		p.text(plotLeft-8, y+4, inkFaint, "end", fmt.Sprintf("%g", 10*tens))
	}
	for step := range 5 {
		at := p.reach * float64(step) / 4
		p.text(p.x(at), plotHeight-plotBottom+20, inkFaint, "middle", fmt.Sprintf("%.3g", at))
	}
}

// key names a line, in rows beside the drawing.
func (p *plot) key(row int, ink, stroke, name string) {
	x, y := plotWidth-plotRight+16, plotTop+40+24*float64(row)
	p.add(`<path d="M%.1f %.1fh26" fill="none" stroke="%s" stroke-width="%s"/>`, x, y, ink, stroke)
	p.text(x+34, y+4, ink, "start", name)
}

func (p *plot) line(points []Point, ink, stroke string) {
	if len(points) == 0 {
		return
	}
	var d strings.Builder
	for i, one := range points {
		fmt.Fprintf(&d, "%c%.1f %.1f", "ML"[min(i, 1)], p.x(one.LoopAnswersPerItem), p.y(one.LoopLabelAccuracy))
	}
	p.add(`<path d="%s" fill="none" stroke="%s" stroke-width="%s" stroke-linejoin="round"/>`, d.String(), ink, stroke)
}

// majorities are squares: what counting as many answers gives.
func (p *plot) majorities(list []Majority) {
	for _, m := range list {
		if m.AnswersPerItem > p.reach {
			continue
		}
		x, y := p.x(m.AnswersPerItem), p.y(m.LabelAccuracy)
		p.add(`<rect x="%.1f" y="%.1f" width="9" height="9" fill="%s"/>`, x-4.5, y-4.5, inkGrey)
		p.text(x+6, y+24, inkGrey, "middle", fmt.Sprintf("majority of %.3g", m.AnswersPerItem))
	}
}

func (p *plot) text(x, y float64, ink, anchor, words string) {
	clean := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(words)
	p.add(`<text x="%.1f" y="%.1f" fill="%s" text-anchor="%s">%s</text>`, x, y, ink, anchor, clean)
}

// reach is the most answers per picture that are drawn.
func reach(results ...Result) float64 {
	most := 0.1
	for _, r := range results {
		if n := len(r.Points); n > 0 {
			most = max(most, r.Points[n-1].LoopAnswersPerItem)
		}
		if len(r.Majority) > 0 {
			most = max(most, r.Majority[0].AnswersPerItem)
		}
	}
	return most
}

// lowest is the least share that is drawn, a whole ten below all points.
func lowest(results ...Result) float64 {
	least := 0.9
	for _, r := range results {
		for _, p := range r.Points {
			least = min(least, p.LoopLabelAccuracy)
		}
	}
	return math.Floor(10*least) / 10
}
