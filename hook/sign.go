package hook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"

	"akhra.dev/akhra"
)

// prefix stands before a secret as people see it.
const prefix = "whsec_"

// NewSecret makes a key of 256 bits, as a webhook keeps it.
func NewSecret(chance io.Reader) (string, error) {
	key := make([]byte, 32)
	if _, err := io.ReadFull(chance, key); err != nil {
		return "", fmt.Errorf("make a webhook's key: %w", err)
	}
	return base64.StdEncoding.EncodeToString(key), nil
}

// Shown is a secret as the receiver's library takes it.
func Shown(secret string) string { return prefix + secret }

// Sign is the signature of a body sent at a moment under an id.
func Sign(secret, id string, at akhra.Millis, body []byte) (string, error) {
	key, err := base64.StdEncoding.DecodeString(secret)
	if err != nil {
		return "", fmt.Errorf("read a webhook's key: %w", err)
	}
	sum := hmac.New(sha256.New, key)
	_, _ = io.WriteString(sum, id+"."+strconv.FormatInt(int64(at)/1000, 10)+".") // a hash takes everything
	_, _ = sum.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(sum.Sum(nil)), nil
}
