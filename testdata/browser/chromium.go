package browser

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
)

// Chromium is a running browser. It is used by one goroutine at a time.
type Chromium struct {
	cmd     *exec.Cmd
	profile string
	in      io.WriteCloser
	replies chan message
	events  func(session, method string, params json.RawMessage)
	next    int
	once    sync.Once
}

// message is what travels over the pipe: JSON, ended by a zero byte.
type message struct {
	ID      int             `json:"id,omitempty"`
	Session string          `json:"sessionId,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *struct {
		Message string `json:"message"`
	} `json:"error,omitempty"`
}

// Start starts the browser.
func Start() (*Chromium, error) {
	profile, err := os.MkdirTemp("", "chromium")
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
		"--disable-background-networking", "--disable-extensions", "--disable-dev-shm-usage", "--force-color-profile=srgb",
		"--user-data-dir="+profile, "--remote-debugging-pipe", "about:blank")
	theirIn, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	out, theirOut, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd.ExtraFiles = []*os.File{theirIn, theirOut} // 3 and 4 of the child
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start chromium (make browser installs it): %w", err)
	}
	_, _ = theirIn.Close(), theirOut.Close() // the child has its own
	c := &Chromium{cmd: cmd, profile: profile, in: in, replies: make(chan message)}
	go c.read(bufio.NewReader(out))
	return c, nil
}

// read hands replies on, and events to whoever listens, until the browser ends.
func (c *Chromium) read(r *bufio.Reader) {
	defer close(c.replies)
	for {
		text, err := r.ReadBytes(0)
		if err != nil {
			return
		}
		var m message
		if err := json.Unmarshal(bytes.TrimSuffix(text, []byte{0}), &m); err != nil {
			return
		}
		c.replies <- m
	}
}

// call sends a command and waits for its reply. Events that come before it are told.
func (c *Chromium) call(session, method string, params, result any) error {
	text, err := json.Marshal(params)
	if err != nil {
		return err
	}
	c.next++
	out, err := json.Marshal(message{ID: c.next, Session: session, Method: method, Params: text})
	if err != nil {
		return err
	}
	if _, err := c.in.Write(append(out, 0)); err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	for m := range c.replies {
		if m.ID != c.next {
			c.tell(m)
			continue
		}
		if m.Error != nil {
			return fmt.Errorf("%s: %s", method, m.Error.Message)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(m.Result, result)
	}
	return fmt.Errorf("%s: %w", method, errGone)
}

var errGone = errors.New("the browser has ended")

// wait tells events until one of them is the method of the session.
func (c *Chromium) wait(session, method string) error {
	for m := range c.replies {
		c.tell(m)
		if m.Session == session && m.Method == method {
			return nil
		}
	}
	return errGone
}

func (c *Chromium) tell(m message) {
	if m.Method != "" && c.events != nil {
		c.events(m.Session, m.Method, m.Params)
	}
}

// Close ends the browser.
func (c *Chromium) Close() {
	c.once.Do(func() {
		_ = c.cmd.Process.Kill()
		for range c.replies { // until the pipe is closed
		}
		_ = c.cmd.Wait() // killed
		_ = os.RemoveAll(c.profile)
	})
}
