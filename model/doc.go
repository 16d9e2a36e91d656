// Package model is the taught model outside the platform: one file that holds the head,
// the recipe of the embedder, the networks it reads, the classes and the calibration.
// Read checks such a file and a Predictor gives the probabilities that the server gives.
// A model that sees with one network and nothing else can also become an ONNX file.
//
//	f, err := model.Read(bytes)
//	p, err := f.Predictor(open)
//	probabilities, err := p.Probabilities(ctx, thumb, picture)
//
// The file, all numbers little-endian:
//
//	8 bytes   "AKHRAMDL"
//	uint32    format, 1
//	uint32    number of parts
//	then each part: uint8 and the name, uint64 and the size, 32 bytes SHA-256, the bytes
//
// The parts are "about" (JSON: About), "head" (learn.Head), "recipe" (embed.Recipe), and
// one "network:NAME" (ONNX) for each network of the recipe, in its order; "certificate"
// (JSON, as the export of the project gives it) is there when its promise was proved. A reader passes over parts
// that it does not know.
package model
