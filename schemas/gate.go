package schemas

// GateLevel says what follows when a gate finds something.
type GateLevel string

// The levels.
const (
	GateHold GateLevel = "hold" // the night stops until a person has released it
	GateWarn GateLevel = "warn" // the night goes on, and says so
)

// Gates are a dataset's rules against deliveries that are not what they should be.
type Gates struct {
	Rows    RowsGate
	Rejects ShareGate // of the rows that a night delivers
	Unknown ShareGate // rows whose enterprise nobody has registered, of all that were delivered and hold
	Fresh   FreshGate
}

// RowsGate bounds how much the rows that hold may swing from one night to the next, in percent of the last night's.
type RowsGate struct {
	Fall  int // 0 to 100
	Rise  int // 0: as much as it likes
	Level GateLevel
}

// ShareGate bounds a part of some rows, in percent.
type ShareGate struct {
	Most  int // 0: any number
	Level GateLevel
}

// FreshGate bounds how old the newest delivery may be.
type FreshGate struct {
	Within Span // zero: as old as it likes
	Level  GateLevel
}

// ItemsGate bounds how many of an item's enterprises may come or go from one night to the next, in percent of those who were
// sure of it.
type ItemsGate struct {
	Swing int // 0: any number
	Least int // enterprises that an item must have had for a share of them to say anything
	Level GateLevel
}

// DefaultItemsGate holds for a site that says nothing else.
func DefaultItemsGate() ItemsGate { return ItemsGate{Swing: 50, Least: 1000, Level: GateHold} }

// DefaultGates hold for a dataset that says nothing else: a list that has lost nearly a third overnight was cut short.
func DefaultGates() Gates {
	return Gates{
		Rows: RowsGate{Fall: 30, Level: GateHold}, Rejects: ShareGate{Level: GateHold}, Unknown: ShareGate{Level: GateHold},
		Fresh: FreshGate{Level: GateHold},
	}
}
