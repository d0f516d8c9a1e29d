package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/RoaringBitmap/roaring/v2"
)

// outcomeFormat is the version of what two zhidas say to each other about an outcome.
const outcomeFormat = 1

// outcomeQuestion is a line that asks for something of an outcome: a block, or if an item is named why.
type outcomeQuestion struct {
	Block int    `json:"block"`
	Door  int    `json:"door,omitempty"`
	Item  string `json:"item,omitempty"`
}

// outcomeAnswer is the line that answers. The first, which nobody asked for, is the head.
type outcomeAnswer struct {
	Format int                          `json:"format,omitempty"`
	Head   *OutcomeHead                 `json:"head,omitempty"`
	Block  map[string]map[string][]byte `json:"block,omitempty"` // bitmaps in the portable format
	Reason *OutcomeReason               `json:"reason,omitempty"`
	Error  string                       `json:"error,omitempty"`
}

// ServeOutcome answers for an outcome, line by line, until there are no more questions.
func ServeOutcome(o Outcome, in io.Reader, out io.Writer) error {
	questions, answers := json.NewDecoder(in), json.NewEncoder(out)
	if err := answers.Encode(outcomeAnswer{Format: outcomeFormat, Head: o.Head()}); err != nil {
		return err
	}
	for {
		var q outcomeQuestion
		if err := questions.Decode(&q); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("read question: %w", err)
		}
		a, err := answerOutcome(o, &q)
		if err != nil {
			a = outcomeAnswer{Error: err.Error()}
		}
		if err := answers.Encode(a); err != nil {
			return err
		}
	}
}

func answerOutcome(o Outcome, q *outcomeQuestion) (a outcomeAnswer, err error) {
	if q.Block < 0 || q.Block >= len(o.Head().Blocks) {
		return a, fmt.Errorf("there is no block %d", q.Block)
	}
	if q.Item != "" {
		r, err := o.Reason(q.Block, q.Door, q.Item)
		a.Reason = &r
		return a, err
	}
	sets, err := o.Block(q.Block)
	if err != nil {
		return a, err
	}
	a.Block = map[string]map[string][]byte{}
	for item, kinds := range sets {
		a.Block[item] = map[string][]byte{}
		for kind, set := range kinds {
			if a.Block[item][kind], err = set.ToBytes(); err != nil {
				return a, err
			}
		}
	}
	return a, nil
}

// OutcomeClient is the outcome of another process, which serves it.
type OutcomeClient struct {
	head      OutcomeHead
	questions *json.Encoder
	answers   *json.Decoder
	close     func() error
}

// NewOutcomeClient asks a process that serves an outcome; its questions go to ask. Close ends both.
func NewOutcomeClient(ask io.Writer, answers io.Reader, end func() error) (*OutcomeClient, error) {
	c := &OutcomeClient{questions: json.NewEncoder(ask), answers: json.NewDecoder(answers), close: end}
	a, err := c.answer()
	if err == nil && (a.Head == nil || a.Format != outcomeFormat) {
		err = fmt.Errorf("it speaks version %d of outcomes, this zhida %d", a.Format, outcomeFormat)
	}
	if err != nil {
		return nil, errors.Join(err, end())
	}
	c.head = *a.Head
	return c, nil
}

func (c *OutcomeClient) answer() (outcomeAnswer, error) {
	var a outcomeAnswer
	if err := c.answers.Decode(&a); err != nil {
		return a, fmt.Errorf("the other zhida gave no answer: %w", err)
	}
	if a.Error != "" {
		return a, errors.New(a.Error)
	}
	return a, nil
}

func (c *OutcomeClient) ask(q outcomeQuestion) (outcomeAnswer, error) {
	if err := c.questions.Encode(q); err != nil {
		return outcomeAnswer{}, fmt.Errorf("ask the other zhida: %w", err)
	}
	return c.answer()
}

// Head implements Outcome.
func (c *OutcomeClient) Head() *OutcomeHead { return &c.head }

// Block implements Outcome.
func (c *OutcomeClient) Block(i int) (map[string]OutcomeSets, error) {
	a, err := c.ask(outcomeQuestion{Block: i})
	if err != nil {
		return nil, err
	}
	out := map[string]OutcomeSets{}
	for item, kinds := range a.Block {
		out[item] = OutcomeSets{}
		for kind, data := range kinds {
			set := roaring.New()
			if _, err := set.FromBuffer(data); err != nil {
				return nil, fmt.Errorf("read the other zhida's %s of item %s: %w", kind, item, err)
			}
			out[item][kind] = set
		}
	}
	return out, nil
}

// Reason implements Outcome.
func (c *OutcomeClient) Reason(i, door int, item string) (OutcomeReason, error) {
	a, err := c.ask(outcomeQuestion{Block: i, Door: door, Item: item})
	if err != nil || a.Reason == nil {
		return OutcomeReason{}, err
	}
	return *a.Reason, nil
}

// Close implements Outcome.
func (c *OutcomeClient) Close() error { return c.close() }
