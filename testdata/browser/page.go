package browser

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
)

// Page is a page that is open.
type Page struct {
	browser *Chromium
	target  string
	session string

	Requests []string // addresses asked for
	Messages []string // of the console, and exceptions
}

// Open opens a file as on a screen of that width, and waits until it is there.
func (c *Chromium) Open(file string, width, height int) (*Page, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	p := &Page{browser: c}
	var target struct {
		ID string `json:"targetId"`
	}
	if err := c.call("", "Target.createTarget", map[string]any{"url": "about:blank"}, &target); err != nil {
		return nil, err
	}
	var attached struct {
		Session string `json:"sessionId"`
	}
	if err := c.call("", "Target.attachToTarget", map[string]any{"targetId": target.ID, "flatten": true}, &attached); err != nil {
		return nil, err
	}
	p.target, p.session = target.ID, attached.Session
	c.events = p.event
	for _, domain := range []string{"Page", "Network", "Runtime", "Log"} {
		if err := p.call(domain+".enable", struct{}{}, nil); err != nil {
			return nil, err
		}
	}
	metrics := map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
	if err := p.call("Emulation.setDeviceMetricsOverride", metrics, nil); err != nil {
		return nil, err
	}
	if err := p.call("Page.navigate", map[string]any{"url": "file://" + path}, nil); err != nil {
		return nil, err
	}
	return p, c.wait(p.session, "Page.loadEventFired")
}

func (p *Page) call(method string, params, result any) error {
	return p.browser.call(p.session, method, params, result)
}

// event notes what the page asks for and what it complains of.
func (p *Page) event(session, method string, params json.RawMessage) {
	if session != p.session {
		return
	}
	var e struct {
		Request struct {
			URL string `json:"url"`
		} `json:"request"`
		Entry struct {
			Text string `json:"text"`
		} `json:"entry"`
	}
	if json.Unmarshal(params, &e) != nil {
		return
	}
	switch method {
	case "Network.requestWillBeSent":
		p.Requests = append(p.Requests, e.Request.URL)
	case "Log.entryAdded":
		p.Messages = append(p.Messages, e.Entry.Text)
	case "Runtime.consoleAPICalled", "Runtime.exceptionThrown":
		p.Messages = append(p.Messages, string(params))
	}
}

// Evaluate works an expression out and reads its value.
func (p *Page) Evaluate(expression string, value any) error {
	var out struct {
		Result struct {
			Value json.RawMessage `json:"value"`
		} `json:"result"`
		Exception json.RawMessage `json:"exceptionDetails"`
	}
	err := p.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true}, &out)
	if err == nil && out.Exception != nil {
		err = fmt.Errorf("%s: %s", expression, out.Exception)
	}
	if err != nil || value == nil {
		return err
	}
	return json.Unmarshal(out.Result.Value, value)
}

// PDF prints the page as its style sheet says.
func (p *Page) PDF() ([]byte, error) {
	return p.data("Page.printToPDF", map[string]any{"preferCSSPageSize": true, "printBackground": true})
}

// Shot takes a picture of what lies between two heights of the page: PNG.
func (p *Page) Shot(from, to int) ([]byte, error) {
	var width float64
	if err := p.Evaluate("window.innerWidth", &width); err != nil {
		return nil, err
	}
	clip := map[string]any{"x": 0, "y": from, "width": width, "height": to - from, "scale": 1}
	return p.data("Page.captureScreenshot", map[string]any{"format": "png", "captureBeyondViewport": true, "clip": clip})
}

func (p *Page) data(method string, params any) ([]byte, error) {
	var out struct {
		Data string `json:"data"`
	}
	if err := p.call(method, params, &out); err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(out.Data)
}

// Elsewhere lists the addresses asked for that are no files of this machine and stand not in the page itself.
func (p *Page) Elsewhere() []string {
	var out []string
	for _, address := range p.Requests {
		if !strings.HasPrefix(address, "file://") && !strings.HasPrefix(address, "data:") && address != "about:blank" {
			out = append(out, address)
		}
	}
	return out
}

// Close closes the page.
func (p *Page) Close() error {
	return p.browser.call("", "Target.closeTarget", map[string]any{"targetId": p.target}, nil)
}
