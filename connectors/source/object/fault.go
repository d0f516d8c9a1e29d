package object

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"

	"zhida/connectors/source"
)

// known adds what the contract calls an error, what to do about it, and why a connection broke.
func (c *call) known(err error) error {
	if fault := c.fault(); fault != nil {
		return fmt.Errorf("%w: %w", fault, err)
	}
	var answer minio.ErrorResponse
	if errors.As(err, &answer) && answer.StatusCode != 0 {
		return c.refusal(&answer)
	}
	var untrusted *tls.CertificateVerificationError
	switch {
	case errors.Is(err, source.ErrDenied):
		return err
	case errors.As(err, &untrusted):
		return fmt.Errorf("%w: %w: have the server's certificate signed by somebody this machine trusts, or pin it as the host key", source.ErrDenied, err)
	case strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"): // net/http has no error of its own for it
		return fmt.Errorf("%w: %w: it speaks in the clear; if that is meant, say so with tls: none", source.ErrDenied, err)
	}
	return err
}

// refusal is what a server's answer means.
func (c *call) refusal(answer *minio.ErrorResponse) error {
	said := fmt.Sprintf("the server answers %d %s", answer.StatusCode, answer.Code)
	if !strings.Contains(answer.Message, "<") { // else it is a page for people
		said += ": " + answer.Message
	}
	switch status := answer.StatusCode; {
	case answer.Code == minio.NoSuchKey:
		return fmt.Errorf("%w: %s", source.ErrGone, said)
	case status == http.StatusPreconditionFailed, status == http.StatusRequestedRangeNotSatisfiable:
		return fmt.Errorf("%w: %s", source.ErrChanged, said)
	case status >= http.StatusInternalServerError, status == http.StatusTooManyRequests, status == http.StatusRequestTimeout:
		return errors.New(said)
	}
	if advice := c.advice(answer); advice != "" {
		said += ": " + advice
	}
	return fmt.Errorf("%w: %s", source.ErrDenied, said)
}

// advice is what to do about an answer that no retry changes.
func (c *call) advice(answer *minio.ErrorResponse) string {
	switch answer.Code {
	case minio.NoSuchBucket:
		return fmt.Sprintf("see that the bucket %s exists, and that host is the store which has it", c.bucket.config.Bucket)
	case minio.InvalidAccessKeyID, minio.SignatureDoesNotMatch:
		return "see that user is the access key's id, and password its secret"
	case minio.RequestTimeTooSkewed:
		return c.skew()
	case minio.AuthorizationHeaderMalformed, minio.InvalidRegion:
		if answer.Region != "" {
			return "the bucket is in another region than " + c.bucket.config.Region + ": write region: " + answer.Region
		}
	case "InvalidObjectState":
		return "the object lies in an archive: have it restored first"
	case minio.AccessDenied:
		return "have its owner give the access key the right to list the bucket and to read its objects"
	}
	if answer.StatusCode < http.StatusBadRequest {
		return "the bucket is at another address: write that as the host"
	}
	return ""
}

// skew says by how much the clocks differ.
func (c *call) skew() string {
	c.mu.Lock()
	date := c.date
	c.mu.Unlock()
	theirs, err := http.ParseTime(date)
	if err != nil {
		return "the clocks differ: set the wrong one right"
	}
	ours := c.bucket.config.Now()
	return fmt.Sprintf("the clocks differ by %v, the server's says %s and ours %s: set the wrong one right",
		theirs.Sub(ours).Abs().Round(time.Second), theirs.UTC().Format(time.RFC3339), ours.UTC().Format(time.RFC3339))
}
