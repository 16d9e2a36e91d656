package outbound

import (
	"net/netip"
	"net/url"
	"slices"

	"akhra.dev/akhra"
)

// denied are the networks that no public service answers from, by the
// registries of special-purpose addresses (RFC 6890 and what came after).
var denied = parse("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
	"192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
	"fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8")

func parse(texts ...string) []netip.Prefix {
	all := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		all[i] = netip.MustParsePrefix(text)
	}
	return all
}

// Public tells whether an address may be a service of the open network. An
// IPv4 address written as IPv6 is judged as what it is.
func Public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	return a.IsValid() && !slices.ContainsFunc(denied, func(p netip.Prefix) bool { return p.Contains(a) })
}

// CheckURL tells what is wrong with an address that somebody typed, before
// anything is dialled; the address behind its name is checked when it is.
func (o Options) CheckURL(text string) error {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || len(text) > 1000:
		return akhra.InvalidField("url", "The address begins with https:// and names a server.")
	case u.User != nil:
		return akhra.InvalidField("url", "The address holds a name or a password. Put a secret into the path instead, or check the signature.")
	case o.Private:
		return nil
	case u.Port() != "" && u.Port() != "443" && u.Port() != "80":
		return akhra.InvalidField("url", "Only the ports 443 and 80 are reached.")
	}
	if a, err := netip.ParseAddr(u.Hostname()); err == nil && !Public(a) {
		return errInside
	}
	return nil
}

var errInside = akhra.InvalidField("url", "This address lies inside a private network or this machine. Whoever runs the server can allow that with --hooks-to-lan.")
