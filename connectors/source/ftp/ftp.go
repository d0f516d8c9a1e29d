package ftp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"path"
	"strconv"
	"strings"

	"github.com/jlaffaye/ftp"

	"zhida/connectors/source"
)

// Server is a source.Source over a folder of an FTP server.
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
	c.listing.Reset()
	c.records = true
	found, err := c.ftp.List(path.Join(c.root, folder))
	c.records = false
	if err != nil {
		return nil, c.known(err)
	}
	lines := listed(c.listing.String())
	if len(lines) != len(found) {
		return nil, fmt.Errorf("%d of the %d lines that list folder %s cannot be read; the first line is %q", len(lines)-len(found), len(lines), folder, lines[0])
	}
	var entries []source.Entry
	for i, f := range found {
		if name := path.Base(f.Name); name == "." || name == ".." {
			continue
		}
		entries = append(entries, source.Entry{Name: f.Name, Kind: kindOf(f, lines[i]), Size: int64(f.Size), Version: version(f)}) //nolint:gosec // no file has 2^63 bytes
	}
	return entries, nil
}

// listed are the lines of a listing that stand for a file or folder: ls begins with the blocks they take.
func listed(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if rest, isTotal := strings.CutPrefix(line, "total "); isTotal {
			if _, err := strconv.Atoi(strings.TrimSpace(rest)); err == nil {
				continue
			}
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// kindOf is the kind of an entry. Of MLSD the client knows only files and folders, and takes all else for files.
func kindOf(e *ftp.Entry, line string) source.EntryKind {
	facts, _, _ := strings.Cut(strings.ToLower(line), " ")
	switch {
	case e.Type == ftp.EntryTypeFolder:
		return source.EntryFolder
	case e.Type == ftp.EntryTypeLink, strings.Contains(facts, "type=os.unix=slink"), strings.Contains(facts, "type=os.unix=symlink"):
		return source.EntryLink
	case strings.Contains(facts, "type=os."):
		return source.EntryOther
	case strings.HasPrefix(line, "b"), strings.HasPrefix(line, "c"), strings.HasPrefix(line, "p"), strings.HasPrefix(line, "s"):
		if len(facts) == len("prw-r--r--") && !strings.Contains(facts, "=") {
			return source.EntryOther
		}
	}
	return source.EntryFile
}

func version(e *ftp.Entry) string { return strconv.FormatInt(e.Time.Unix(), 10) }

// known adds what the contract calls an error, and why a connection broke. A reply says in its server's words whether a
// file is not there or not ours; one in other words is a reason to ask again.
func (c *connection) known(err error) error {
	if fault := c.fault(); fault != nil {
		return fmt.Errorf("%w: %w", fault, err)
	}
	var reply *textproto.Error
	if errors.As(err, &reply) && reply.Code == ftp.StatusFileUnavailable {
		switch said := strings.ToLower(reply.Msg); {
		case strings.Contains(said, "no such file"), strings.Contains(said, "not found"), strings.Contains(said, "not exist"), strings.Contains(said, "cannot find"):
			return fmt.Errorf("%w: %w", source.ErrGone, err)
		case strings.Contains(said, "denied"), strings.Contains(said, "permi"):
			return fmt.Errorf("%w: %w", source.ErrDenied, err)
		}
	}
	if errors.Is(err, io.EOF) { // of a connection: a file ends otherwise
		return io.ErrUnexpectedEOF
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
