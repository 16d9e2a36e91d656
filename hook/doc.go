// Package hook tells addresses outside of what happens: it follows the event
// log with a cursor for each webhook, sends what the webhook wants in order,
// signed, at least once, and waits longer after each try in vain. It never
// reads what the address answered.
//
// The form is that of Standard Webhooks: the headers webhook-id,
// webhook-timestamp and webhook-signature, "v1," and the base64 of HMAC-SHA256
// over "id.timestamp.body".
package hook
