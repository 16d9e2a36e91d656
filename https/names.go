package https

import (
	"net"
	"os"
	"slices"
	"strings"
)

// LocalNames are the names and addresses that lead to this machine on its
// local network: those given, its host name, that name with .local, and the
// addresses of its network cards.
func LocalNames(given []string) []string {
	var names []string
	for _, n := range given {
		names = append(names, strings.ToLower(n))
	}
	if host, err := os.Hostname(); err == nil && host != "" {
		short, _, _ := strings.Cut(strings.ToLower(host), ".")
		names = append(names, short, short+".local")
	}
	names = append(names, "localhost", "127.0.0.1", "::1")
	for _, ip := range Addresses() {
		names = append(names, ip.String())
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Addresses are those of this machine's network cards, IPv4 first, without
// loopback and link-local ones.
func Addresses() (ips []net.IP) {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	for _, a := range all {
		if block, ok := a.(*net.IPNet); ok && block.IP.IsGlobalUnicast() {
			ips = append(ips, block.IP)
		}
	}
	slices.SortStableFunc(ips, func(a, b net.IP) int { return len(a.To4()) - len(b.To4()) })
	slices.Reverse(ips)
	return ips
}
