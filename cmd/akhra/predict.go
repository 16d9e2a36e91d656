package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"io"
	"os"

	"akhra.dev/akhra"
	"akhra.dev/akhra/backend"
	"akhra.dev/akhra/console"
	"akhra.dev/akhra/dataset"
	"akhra.dev/akhra/ingest"
	"akhra.dev/akhra/model"
)

type predictCommand struct {
	Path   string `arg:"" help:"Folder or zip file of pictures." placeholder:"DIR|ZIP"`
	Model  string `help:"File that akhra model export wrote." required:"" placeholder:"FILE"`
	Format string `help:"csv or jsonl." default:"csv" placeholder:"F"`
	Out    string `help:"File to write; - for standard output." default:"-" placeholder:"OUT"`
}

// Run lets a taught model tell pictures apart, without a server. Pictures that cannot be
// read are listed and the rest is told.
func (p *predictCommand) Run(ctx context.Context, c *console.Console) error {
	if p.Format != "csv" && p.Format != "jsonl" {
		return usage("there is no format %q; there are csv and jsonl", p.Format)
	}
	f, err := readModel(p.Model)
	if err != nil {
		return err
	}
	predictor, err := f.Predictor(func(b akhra.Backbone, file []byte) (model.Embedder, error) {
		n, err := backend.Open(b, file)
		if err != nil {
			return nil, err
		}
		return n, nil
	})
	if err != nil {
		return err
	}
	refused := c.Refusals()
	write := func(w io.Writer) error { return p.predict(ctx, c, predictor, f.Names(), w, refused) }
	if p.Out == "-" {
		var all bytes.Buffer // nothing is printed when the work fails
		if err = write(&all); err == nil {
			_, err = all.WriteTo(c.Out)
		}
	} else {
		err = writeWhole(p.Out, write)
	}
	if ctx.Err() != nil {
		return akhra.Errorf(akhra.Unavailable, "Stopped. Nothing was written.")
	}
	if err != nil {
		return err
	}
	return refused.End()
}

// predict writes what the model says of every picture.
func (p *predictCommand) predict(ctx context.Context, c *console.Console, with *model.Predictor, classes []string, w io.Writer, refused *console.Refusals) error {
	bar := c.Bar("Looking at pictures")
	defer bar.End()
	out := dataset.NewPredictions(w, p.Format, classes)
	type said struct {
		dataset.Predicted
		refusal string
	}
	think := func(ctx context.Context, s ingest.Seen) (out said, err error) {
		out.Name, out.refusal = s.Name, s.Refusal
		var picture image.Image
		if out.refusal == "" && with.NeedsPicture() {
			if picture, err = s.Picture(); err != nil {
				return out, err
			}
		}
		if out.refusal == "" {
			out.Probabilities, err = with.Probabilities(ctx, s.Thumb, picture)
		}
		return out, err
	}
	err := ingest.Look(ctx, p.Path, think, func(s said, done, total int) error {
		bar.Show(done, total)
		if s.refusal != "" {
			refused.Add(s.Name, s.refusal)
			return nil
		}
		return out.Write(s.Predicted)
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// readModel reads a model file, unless it is too large for one.
func readModel(path string) (*model.File, error) {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		return nil, akhra.Errorf(akhra.Invalid, "%s is a folder, not a model.", path)
	}
	if err == nil && info.Size() > model.MaxFile {
		return nil, akhra.Errorf(akhra.TooLarge, "%s is larger than any model.", path)
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, akhra.Errorf(akhra.NotFound, "%s cannot be read: %v.", path, console.Reason(err))
	}
	f, err := model.Read(body)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return f, nil
}
