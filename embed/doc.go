// Package embed turns a thumbnail into a vector without any trained network: two
// blocks of features (outlines with colours, and patches coded by k-means), each
// brought to a few principal directions of the project's own pictures. Pure
// numbers: no files, no network, no global state.
package embed
