// Package https lets the platform show who it is: by files it is given, by
// an ACME authority on the internet, or, in a place without one, by an
// authority of its own that each device is told to trust once. It also lets
// one port speak both https and plain http, so that people type an address
// without thinking of either.
//
// It is not a web server: it gives certificates and listeners.
//
//	id, err := https.Own(dir, nil, time.Now, rand.Reader)
//	secure, plain := https.Split(listener)
package https
