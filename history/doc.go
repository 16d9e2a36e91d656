// Package history holds what people outside saw: everything they sent and what
// they were told became of it, to be compared with what a server has in the
// end. The faults and the load test take account with it.
//
//	h := history.New()
//	h.Send(id, "asha", "leaf-1.jpg", "pest")
//	h.Hear(id, history.Stored)
//	account := h.Check(there, nil) // account.Lost and account.Twice say what is wrong
//
// Until people are told, the fate of what they sent is unknown: it may be
// stored, once, or not. It never talks to a server itself.
package history
