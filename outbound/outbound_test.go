package outbound

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"akhra.dev/akhra"
)

// inside are addresses that must never be reached, each with what it is.
var inside = map[string]string{
	"127.0.0.1": "this machine", "127.8.9.1": "this machine", "0.0.0.0": "this machine", "0.1.2.3": "this network",
	"10.0.0.1": "private", "10.255.255.255": "private", "172.16.0.1": "private", "172.31.255.255": "private", "192.168.0.1": "private",
	"100.64.0.1": "carrier", "100.127.255.255": "carrier", "169.254.169.254": "metadata of clouds", "169.254.0.1": "link-local", "192.0.0.192": "metadata of one cloud",
	"192.0.2.1": "documentation", "198.18.0.1": "benchmarks", "198.51.100.7": "documentation", "203.0.113.9": "documentation", "192.88.99.1": "6to4 relay",
	"224.0.0.1": "multicast", "239.255.255.250": "multicast", "240.0.0.1": "reserved", "255.255.255.255": "broadcast",
	"::": "this machine", "::1": "this machine", "::127.0.0.1": "IPv4 in IPv6", "::ffff:127.0.0.1": "IPv4 in IPv6", "::ffff:10.0.0.1": "IPv4 in IPv6", "::ffff:169.254.169.254": "IPv4 in IPv6",
	"64:ff9b::7f00:1": "translated IPv4", "64:ff9b:1::a00:1": "translated IPv4", "2002:7f00:1::": "6to4", "2001::1": "Teredo", "2001:db8::1": "documentation",
	"fc00::1": "private", "fd00:ec2::254": "metadata of clouds", "fe80::1": "link-local", "fe80::1%eth0": "link-local", "fec0::1": "site-local", "ff02::1": "multicast", "100::1": "discard",
}

func TestPublic_RefusesWhatLiesInside(t *testing.T) {
	t.Parallel()
	if len(inside) < 30 {
		t.Fatalf("only %d addresses", len(inside))
	}
	for text, what := range inside {
		a := netip.MustParseAddr(text)
		if Public(a) {
			t.Errorf("%s, %s, is public", text, what)
		}
		if err := (Options{}).control("tcp", netip.AddrPortFrom(a, 443).String(), nil); err == nil {
			t.Errorf("%s, %s, is dialled", text, what)
		}
	}
	for _, text := range []string{"1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"} {
		if !Public(netip.MustParseAddr(text)) {
			t.Errorf("%s is not public", text)
		}
	}
	if (Options{}).control("tcp", "8.8.8.8:22", nil) == nil {
		t.Error("a port of no web server is dialled")
	}
}

func TestCheckURL(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"https://hooks.example.org/a": "", "http://hooks.example.org:80/": "", "https://1.1.1.1/": "",
		"": "begins with https", "ftp://a.example": "begins with https", "https://": "begins with https", "//a.example": "begins with https",
		"file:///etc/passwd": "begins with https", "https://" + strings.Repeat("a", 1000): "begins with https",
		"https://u:p@a.example/": "password", "https://a.example:8443/": "ports", "https://127.0.0.1/": "private network", "http://[::1]/": "private network",
		"http://[::ffff:10.0.0.1]/": "private network",
	} {
		err := Options{}.CheckURL(text)
		if says == "" && err != nil || says != "" && (akhra.CodeOf(err) != akhra.Invalid || !strings.Contains(err.Error(), says)) {
			t.Errorf("%q: %v, want %q", text, err, says)
		}
	}
	if err := (Options{Private: true}).CheckURL("http://127.0.0.1:9999/"); err != nil {
		t.Errorf("allowed: %v", err)
	}
}

// TestClient_ReachesNobodyInside counts connections: a name that leads inside
// and a redirect to there make none.
func TestClient_ReachesNobodyInside(t *testing.T) {
	t.Parallel()
	reached := make(chan string, 10)
	inner := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { reached <- r.URL.Path }))
	defer inner.Close()
	_, port, err := net.SplitHostPort(inner.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0"} {
		if answer, err := New(Options{}).Get("http://" + host + ":" + port + "/in"); err == nil {
			answer.Body.Close()
			t.Errorf("%s is reached", host)
		}
	}
	lead := httptest.NewServer(http.RedirectHandler(inner.URL+"/led", http.StatusFound))
	defer lead.Close()
	answer, err := New(Options{Private: true}).Get(lead.URL)
	if err != nil || answer.StatusCode != http.StatusFound {
		t.Fatalf("%v, %v", answer, err)
	}
	answer.Body.Close()
	select {
	case path := <-reached:
		t.Errorf("the inner server was asked for %s", path)
	default:
	}
}
