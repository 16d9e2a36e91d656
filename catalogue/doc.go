// Package catalogue finds pictures of a project: by class, doubt, who answered,
// when and by the name of the file, in several orders, page by page. It keeps an
// entry of every picture in memory, about 150 bytes each, reads them the first
// time somebody looks and follows the log whenever somebody looks again; every
// search is one pass over the entries, so that no filter is slower than another
// (docs/adr/0018-catalogue.md). It writes nothing and knows no picture.
//
//	room := catalogue.New(db, learner, time.Now)
//	page, err := room.Find(ctx, tenant, akhra.Search{Text: "leaf"}, "", 60)
package catalogue
