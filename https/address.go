package https

import "net"

// Address is where https is spoken under a Host that a browser has asked for,
// without a path.
func (id *Identity) Address(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if id.Port == "443" {
		return "https://" + host
	}
	return "https://" + net.JoinHostPort(unbracketed(host), id.Port)
}

// unbracketed is an IPv6 address as programs take it.
func unbracketed(host string) string {
	if len(host) > 1 && host[0] == '[' && host[len(host)-1] == ']' {
		return host[1 : len(host)-1]
	}
	return host
}
