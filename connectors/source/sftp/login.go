package sftp

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"

	"zhida/connectors/source"
	"zhida/connectors/source/wire"
)

const (
	port = "22"
	// requests is how many of 32 KiB wait for their answers while a file is read: enough for 50 MB/s at 20 ms.
	requests = 32
)

// login is how to log in to a server.
type login struct {
	config ssh.ClientConfig
	pinned string // fingerprint
}

// newLogin checks what the site says about logging in.
func newLogin(config source.Config) (*login, error) {
	l := &login{}
	switch {
	case config.Host == "" || config.User == "":
		return nil, errors.New("an SFTP server needs a host and a user")
	case config.HostKey == "":
		return nil, errors.New("an SFTP server needs its host key, so that nobody can pass for it: take it from ssh-keyscan, and have its owner confirm it")
	case config.Key == "" && config.Password == "":
		return nil, errors.New("an SFTP server needs a key or a password")
	}
	pinned, algorithms, err := readHostKey(config.HostKey)
	if err != nil {
		return nil, err
	}
	l.pinned, l.config.HostKeyAlgorithms = pinned, algorithms
	l.config.User = config.User
	l.config.HostKeyCallback = l.check
	if config.Key != "" {
		signer, err := ssh.ParsePrivateKey([]byte(config.Key))
		if err != nil { // never quote it
			return nil, errors.New("the private key cannot be read: give it as ssh-keygen writes it, without a passphrase")
		}
		l.config.Auth = append(l.config.Auth, ssh.PublicKeys(signer))
	}
	if config.Password != "" {
		l.config.Auth = append(l.config.Auth, ssh.Password(config.Password), ssh.KeyboardInteractive(
			func(_, _ string, questions []string, _ []bool) ([]string, error) {
				answers := make([]string, len(questions))
				for i := range answers {
					answers[i] = config.Password
				}
				return answers, nil
			}))
	}
	return l, nil
}

// CheckHostKey says what is wrong with how a host key is written.
func CheckHostKey(text string) error {
	_, _, err := readHostKey(text)
	return err
}

// readHostKey reads a fingerprint, or a line of known_hosts, with or without the host in front. It returns the fingerprint and by
// which algorithms the key is proved; nil: by any.
func readHostKey(text string) (fingerprint string, proved []string, err error) {
	if digest, ok := strings.CutPrefix(text, "SHA256:"); ok {
		if sum, err := base64.RawStdEncoding.DecodeString(digest); err == nil && len(sum) == sha256.Size {
			return text, nil, nil
		}
	}
	for line := text; line != ""; {
		if key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(line)); err == nil {
			return ssh.FingerprintSHA256(key), algorithms(key.Type()), nil
		}
		_, line, _ = strings.Cut(line, " ")
	}
	return "", nil, errors.New("the host key cannot be read: write SHA256:… as ssh-keygen -lf says it, or a line as ssh-keyscan says it")
}

// algorithms are those by which a key of a type is proved.
func algorithms(kind string) []string {
	if kind == ssh.KeyAlgoRSA {
		return []string{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256}
	}
	return []string{kind}
}

func (l *login) check(_ string, _ net.Addr, key ssh.PublicKey) error {
	if got := ssh.FingerprintSHA256(key); got != l.pinned {
		return fmt.Errorf("%w: the server shows the host key %s (%s), and %s is pinned: if its owner confirms that the key is new, pin that",
			source.ErrDenied, got, key.Type(), l.pinned)
	}
	return nil
}

// connection is a session of a server.
type connection struct {
	wire *wire.Conn
	ssh  *ssh.Client
	sftp *sftp.Client
	root string // the folder, as the server resolves it
}

// connect logs in.
func (s *Server) connect(ctx context.Context) (*connection, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	w, err := wire.Dial(ctx, s.config.Host, port, s.config.Now)
	if err != nil {
		return nil, err
	}
	conn, channels, requested, err := ssh.NewClientConn(w, s.config.Host, &s.login.config)
	if err != nil {
		_ = w.Close() // the first error counts
		return nil, refusal(err)
	}
	c := &connection{wire: w, ssh: ssh.NewClient(conn, channels, requested)}
	c.sftp, err = sftp.NewClient(c.ssh, sftp.MaxConcurrentRequestsPerFile(requests), sftp.UseFstat(true))
	if err == nil {
		c.root, err = c.sftp.RealPath(s.folder())
	}
	if err != nil {
		c.close()
		return nil, c.known(err)
	}
	return c, nil
}

// folder is the one to read; the one a login begins in if none is named.
func (s *Server) folder() string {
	if s.config.Path == "" {
		return "."
	}
	return s.config.Path
}

// refusal tells a refused login, which no retry helps, from a broken connection.
func refusal(err error) error {
	if strings.Contains(err.Error(), "unable to authenticate") { // x/crypto/ssh has no error of its own for it
		return fmt.Errorf("%w: log in: %w: see that the user exists and that the server knows the key or the password", source.ErrDenied, err)
	}
	return fmt.Errorf("log in: %w", err)
}

func (c *connection) close() {
	if c.sftp != nil {
		_ = c.sftp.Close() // read only: nothing is lost
	}
	_ = c.ssh.Close()
	_ = c.wire.Close()
}
