// Package certify keeps a project's promise: it draws the audit items by chance
// before anybody has answered them, times the look by what exploration shows,
// tests the whole delivery on the audit's answers, and stores the certificate
// with the pictures the model may decide. It trains nothing, asks nobody and
// judges no answer: the model's say and the judges' class come through ports.
//
//	room := certify.New(db, loop, consensus, time.Now, log)
//	worked, err := room.Tend(ctx, tenant)
package certify
