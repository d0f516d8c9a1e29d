package schemas

// GateLevel says what follows when a gate finds something.
type GateLevel string

// The levels.
const (
	GateHold GateLevel = "hold" // the night stops until a person has released it
	GateWarn GateLevel = "warn" // the night goes on, and says so
)

// Held says what a night does with a dataset that a gate of level hold, or an operator, holds.
type Held string

// What becomes of a held dataset.
const (
	HeldStop Held = "stop" // the night stops until a person has released it
	HeldKeep Held = "keep" // the night goes on with the rows that held before; they are no complete list
)

// Gates are a dataset's rules against deliveries that are not what they should be.
type Gates struct {
	Held       Held
	Rows       RowsGate
	Rejects    ShareGate // of the rows that a night delivers
	Unknown    ShareGate // rows whose enterprise nobody has registered, of all that were delivered and hold
	Fresh      FreshGate
	Empty      EmptyGate
	Duplicates ShareGate   // rows with the key of another row, of those of one full delivery
	Columns    ColumnsGate // columns that come or go from one delivery to the next
	Codes      ShareGate   // values that are not in their table or closed list, of those of one field of one delivery
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

// EmptyGate bounds how many rows of a delivery have no value in a field, in percent. What cannot be read is no value.
type EmptyGate struct {
	Most   int            // of any field that the delivery has a column for; 0: any number
	Rise   int            // in percentage points, since the delivery before; 0: as much as it likes
	Fields map[string]int // by field, instead of Most, and without a column too
	Level  GateLevel
}

// ColumnsGate watches which columns a delivery has.
type ColumnsGate struct {
	Level GateLevel
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

// DefaultGates hold for a dataset that says nothing else. A list that has lost nearly a third overnight was cut short. What makes
// facts unknown makes no wrong list, so that is only told.
func DefaultGates() Gates {
	return Gates{
		Held: HeldStop,
		Rows: RowsGate{Fall: 30, Level: GateHold}, Rejects: ShareGate{Level: GateHold}, Unknown: ShareGate{Level: GateHold},
		Fresh: FreshGate{Level: GateHold}, Empty: EmptyGate{Rise: 30, Level: GateWarn}, Duplicates: ShareGate{Most: 10, Level: GateWarn},
		Columns: ColumnsGate{Level: GateWarn}, Codes: ShareGate{Most: 50, Level: GateWarn},
	}
}
