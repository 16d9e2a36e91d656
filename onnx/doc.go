// Package onnx runs small convolutional networks stored in the ONNX format: model
// bytes become a checked graph, a graph and input shapes become a session, and a
// session turns tensors into tensors on the calling goroutine. It runs the operators
// of its table and refuses every other by name; it reads no files and downloads nothing.
//
//	model, err := onnx.Load(bytes)
//	session, err := model.Session([]int{1, 3, 224, 224})
//	outputs, err := session.Run(pixels)
//
// Every size a file can name is limited, so that a hostile file costs an error and no
// more memory than some ten times its own length, MaxSession at most for a session.
//
// Pictures are laid out as ONNX has them: number, channel, row, column.
package onnx
