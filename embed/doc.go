// Package embed turns a picture into a vector: by two blocks of features of its
// thumbnail that need no trained network (outlines with colours, and patches coded by
// k-means), by the features that networks give of it, or by both. Each block is brought
// to a few principal directions of the project's own pictures. Pure numbers: no files,
// no network, no global state.
package embed
