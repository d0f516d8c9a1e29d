package sftp

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"

	"zhida/connectors/source"
)

// Server is a source.Source over a folder of an SFTP server.
type Server struct {
	config source.Config
	login  *login
	rules  *source.Rules
}

var _ source.Source = (*Server)(nil)

// New checks the configuration. The server is not asked before List.
func New(config source.Config) (source.Source, error) {
	login, err := newLogin(config)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", config.Name, err)
	}
	rules, err := source.Compile(config.Deliveries)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", config.Name, err)
	}
	return &Server{config, login, rules}, nil
}

// List implements source.Source.
func (s *Server) List(ctx context.Context) ([]source.Object, error) {
	c, err := s.connect(ctx)
	if err != nil {
		return nil, s.wrap(ctx, "list", err)
	}
	defer c.close()
	objects, err := s.rules.Walk(ctx, func(_ context.Context, folder string) ([]source.Entry, error) { return c.read(folder) })
	if err != nil {
		return nil, s.wrap(ctx, "list", err)
	}
	return objects, nil
}

// read lists a folder.
func (c *connection) read(folder string) ([]source.Entry, error) {
	found, err := c.sftp.ReadDir(path.Join(c.root, folder))
	if err != nil {
		return nil, c.known(err)
	}
	entries := make([]source.Entry, len(found))
	for i, f := range found {
		entries[i] = source.Entry{Name: f.Name(), Kind: source.KindOf(f.Mode()), Size: f.Size(), Version: version(f)}
	}
	return entries, nil
}

func version(info fs.FileInfo) string { return strconv.FormatInt(info.ModTime().Unix(), 10) }

// known adds what the contract calls an error, and why the connection broke.
func (c *connection) known(err error) error {
	switch fault := c.wire.Fault(); {
	case fault != nil:
		return fmt.Errorf("%w: %w", fault, err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %w", source.ErrGone, err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w", source.ErrDenied, err)
	}
	return err
}

// wrap names the source; what failed because the call was ended is told as that.
func (s *Server) wrap(ctx context.Context, what string, err error) error {
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return fmt.Errorf("source %s: %s: %w", s.config.Name, what, err)
}
