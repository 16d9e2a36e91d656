package door

import (
	"strconv"

	"akhra.dev/akhra"
)

// PictureURL is where an item's variant is served.
func PictureURL(project akhra.ProjectID, item akhra.ItemID, variant int) string {
	return "/api/pictures/" + string(project) + "/" + string(item) + "/" + strconv.Itoa(akhra.VariantSides[variant])
}

// PictureURLs is where all its variants are served, by long side.
func PictureURLs(project akhra.ProjectID, item akhra.ItemID) map[string]string {
	urls := make(map[string]string, len(akhra.VariantSides))
	for i, side := range akhra.VariantSides {
		urls[strconv.Itoa(side)] = PictureURL(project, item, i)
	}
	return urls
}

// ThumbOf is where an item's small picture is served, empty for no item.
func ThumbOf(t akhra.Tenant, item akhra.ItemID) string {
	if item == "" {
		return ""
	}
	return PictureURL(t.Project, item, 0)
}
