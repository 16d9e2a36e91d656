// Package outbound is the one way out to addresses that people type: webhooks.
// A client refuses addresses of this machine, of private networks and of cloud
// metadata when it dials, after names are resolved, so that neither a name that
// changes its address nor a redirect leads in. What was answered is never shown
// to whoever typed the address.
//
//	client := outbound.New(outbound.Options{})
//	answer, err := client.Do(request) // at most 10 s, no redirects
package outbound
