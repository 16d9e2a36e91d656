// Package storetest is the conformance suite of the store: the rules that
// every kind of store, on whatever database, must keep.
//
//	func TestSQLiteKeepsTheRules(t *testing.T) {
//		storetest.Run(t, func(t *testing.T, now func() time.Time) storetest.Store { ... })
//	}
package storetest
