// Package connect serves what lets programs in and tells them what happens:
// tokens with the acts they were given, and webhooks with their last
// deliveries. Neither can be used by a program itself.
package connect
