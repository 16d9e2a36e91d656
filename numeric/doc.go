// Package numeric holds the kernels under every learning room: products of
// matrices, principal components, k-means and L-BFGS. It knows neither pictures
// nor people, keeps no state, and gives the same bytes for the same input, however many cores run it.
//
// On amd64 processors with AVX2 and FMA the inner loops are assembly, those of
// convolutions with AVX-512 too where there is it; everywhere else, and under the
// build tag purego, they are plain Go. All agree to rounding and the plain ones are
// the reference in the tests.
package numeric
