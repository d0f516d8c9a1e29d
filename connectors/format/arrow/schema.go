package arrow

import (
	"encoding/binary"
	"errors"
	"fmt"

	"zhida/connectors/format/rows"
)

// What a schema can be besides in order.
var errSchema = errors.New("its schema is no flatbuffer in order")

// refused is a schema that is in order and not for us.
type refused struct{ reason, suggestion string }

func (e *refused) Error() string { return e.reason }

// checkSchema walks the lists of a schema message, because the library takes as much memory as a list claims to have
// entries. It may panic, as the library may.
func checkSchema(meta []byte, columns int) error {
	header, ok := flatTable{meta, binary.LittleEndian.Uint32(meta)}.table(slotHeader)
	if !ok {
		return errSchema
	}
	if _, _, err := header.list(slotSchemaMetadata); err != nil {
		return err
	}
	first, n, err := header.list(slotFields)
	if err != nil {
		return err
	}
	if n > columns {
		return &refused{fmt.Sprintf("the file has %d columns, more than %d", n, columns), "look at its schema"}
	}
	for i := range n {
		at := first + 4*uint32(i)
		field := flatTable{meta, at + header.word(at)}
		if _, _, err := field.list(slotFieldMetadata); err != nil {
			return err
		}
		_, children, err := field.list(slotChildren)
		if err != nil {
			return err
		}
		if children > 0 {
			return nested(field.text(slotName))
		}
	}
	return nil
}

func nested(name string) error {
	return &refused{
		fmt.Sprintf("column %q is nested: a list, struct, map or union", name), "deliver each value as a column of its own",
	}
}

// Slots of the tables of Arrow's Message.fbs and Schema.fbs, in the order of their fields.
const (
	slotHeader         = 2 // Message
	slotFields         = 1 // Schema
	slotSchemaMetadata = 2
	slotName           = 0 // Field
	slotChildren       = 5
	slotFieldMetadata  = 6
)

// flatTable is a table of a flatbuffer: at its place stands the way back to a list of where its fields are. Places are
// of 32 bits and wrap, as they do in the library, so that both see the same.
type flatTable struct {
	buf []byte
	at  uint32
}

func (t flatTable) word(at uint32) uint32 { return binary.LittleEndian.Uint32(t.buf[at:]) }

func (t flatTable) field(slot uint32) (at uint32, ok bool) {
	places := t.at - t.word(t.at)
	entry := 4 + 2*slot
	if entry >= uint32(binary.LittleEndian.Uint16(t.buf[places:])) {
		return 0, false
	}
	offset := uint32(binary.LittleEndian.Uint16(t.buf[places+entry:]))
	return t.at + offset, offset > 0
}

func (t flatTable) table(slot uint32) (flatTable, bool) {
	at, ok := t.field(slot)
	if !ok {
		return t, false
	}
	return flatTable{t.buf, at + t.word(at)}, true
}

// list is where the entries of a list of tables begin, and how many there are.
func (t flatTable) list(slot uint32) (first uint32, n int, err error) {
	at, ok := t.field(slot)
	if !ok {
		return 0, 0, nil
	}
	at += t.word(at)
	n = int(t.word(at))
	if n > (len(t.buf)-int(at)-4)/4 {
		return 0, 0, errSchema
	}
	return at + 4, n, nil
}

func (t flatTable) text(slot uint32) string {
	at, ok := t.field(slot)
	if !ok {
		return ""
	}
	at += t.word(at)
	n := t.word(at)
	return rows.Cut(t.buf[at+4:at+4+n], 60)
}
