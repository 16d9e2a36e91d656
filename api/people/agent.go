package people

import "strings"

// Marks of browsers and systems in what a browser calls itself, the telling
// ones first: every browser also names its forebears.
var (
	browsers = [][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}}
	systems  = [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"CrOS", "ChromeOS"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"}}
)

// agentOf names browser and system in two words, so that a person knows her
// sessions apart; no more is kept of it.
func agentOf(header string) string {
	var words []string
	for _, marks := range [][][2]string{browsers, systems} {
		for _, mark := range marks {
			if strings.Contains(header, mark[0]) {
				words = append(words, mark[1])
				break
			}
		}
	}
	return strings.Join(words, ", ")
}
