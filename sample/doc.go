// Package sample draws the pictures of the demo: what is found on a leaf in a
// sal forest, flat, from a seed, without reading a file. The same seed and
// number give the same picture everywhere. Some pictures are hard on purpose:
// the harmless caterpillar looks like the pest, ladybirds come in black.
package sample
