package object

import (
	"context"
	"time"

	"zhida/connectors/source"
	"zhida/connectors/source/wire"
)

// DialVia has a source find its server, whatever the name, at an address.
func DialVia(s source.Source, address string) {
	s.(*Bucket).dial = func(ctx context.Context, _, port string, now func() time.Time) (*wire.Conn, error) {
		return wire.Dial(ctx, address, port, now)
	}
}
