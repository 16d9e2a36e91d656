// Package backend runs trained networks for the other rooms: it keeps their files,
// checks them and turns pictures into features, here in the process by package onnx.
// It stores no result.
//
//	room := backend.New(db, blobs)
//	network, err := room.Open(ctx, org, "mobilenet")
//	features, err := network.Embed(ctx, []image.Image{picture})
package backend
