package sql

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"zhida/connectors/source"
	"zhida/connectors/source/wire"
	"zhida/schemas"
)

// Window is how many days back a day's rows are looked at. Counting a million rows takes a server about a second.
const Window = 40

// Database is a source.Source over tables of a database.
type Database struct {
	config source.Config
	server server
	pin    wire.Pin // nil: in the clear
	rules  *source.Rules
	tables map[string]source.Delivery // by the table's name
	today  schemas.Date               // asked once, so that a night that goes on after midnight stays what it is
}

var _ source.Source = (*Database)(nil)

// NewPostgres checks the configuration of a source on PostgreSQL. The server is not asked before List.
func NewPostgres(config source.Config) (source.Source, error) { return newDatabase(config, postgres{}) }

// NewMySQL checks the configuration of a source on MySQL or MariaDB. The server is not asked before List.
func NewMySQL(config source.Config) (source.Source, error) { return newDatabase(config, mySQL{}) }

func newDatabase(config source.Config, server server) (source.Source, error) {
	pin, err := checkLogin(config)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", config.Name, err)
	}
	rules, err := source.Compile(config.Deliveries)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", config.Name, err)
	}
	year, month, day := config.Now().Date()
	d := &Database{config, server, pin, rules, map[string]source.Delivery{}, schemas.NewDate(year, int(month), day)}
	for _, delivery := range config.Deliveries {
		if delivery.Table.Name == "" {
			return nil, fmt.Errorf("source %s: a delivery of a database needs a table", config.Name)
		}
		d.tables[delivery.Table.Name] = delivery
	}
	return d, nil
}

// checkLogin checks what the site says about logging in, and returns the pin of the server's certificate.
func checkLogin(config source.Config) (wire.Pin, error) {
	switch {
	case config.Host == "" || config.User == "" || config.Database == "":
		return nil, errors.New("a database server needs a host, a user and a database")
	case config.Password == "":
		return nil, errors.New("a database server needs a password")
	case config.TLS != source.TLSExplicit && config.HostKey != "":
		return nil, errors.New("a database server has a host key only within TLS")
	case config.TLS == source.TLSExplicit && config.HostKey == "":
		return nil, errors.New("a database server within TLS needs its host key, the fingerprint of its certificate, so that nobody can pass for it")
	}
	return wire.ReadPin(config.HostKey)
}

// List implements source.Source.
func (d *Database) List(ctx context.Context) ([]source.Object, error) {
	s, err := d.connect(ctx)
	if err != nil {
		return nil, d.wrap(ctx, "list", err)
	}
	defer s.close()
	var objects []source.Object
	for _, delivery := range d.config.Deliveries {
		found, err := d.list(ctx, s, delivery)
		if err != nil {
			return nil, d.wrap(ctx, "list "+delivery.Table.Name, s.known(err))
		}
		objects = append(objects, found...)
	}
	slices.SortFunc(objects, func(a, b source.Object) int { return strings.Compare(a.Name, b.Name) })
	return objects, nil
}

// list lists what of a table is delivered.
func (d *Database) list(ctx context.Context, s session, delivery source.Delivery) ([]source.Object, error) {
	e, err := d.begin(ctx, s, delivery)
	if err != nil {
		return nil, err
	}
	if e.isWhole() {
		return []source.Object{d.object(delivery, d.today.String(), "")}, s.end(ctx)
	}
	days, err := s.rows(ctx, e.days(d.today-Window))
	if err != nil {
		return nil, err
	}
	var objects []source.Object
	for _, day := range days {
		o := d.object(delivery, day[0], version(day))
		if o.Dataset == "" {
			o = source.Object{Name: delivery.Table.Name + "/" + day[0] + "?", Problem: day[1] + " rows are of no day that the calendar has"}
			if day[0] == "" {
				_, column := e.clock()
				o.Name = delivery.Table.Name + "/?"
				o.Problem = fmt.Sprintf("%s rows have no %s, and nobody can say of which day they are", day[1], column)
			}
		}
		objects = append(objects, o)
	}
	return objects, s.end(ctx)
}

// object is the delivery of a day.
func (d *Database) object(delivery source.Delivery, day, version string) source.Object {
	o := d.rules.Classify(delivery.Table.Name+"/"+strings.ReplaceAll(day, "-", "")+".csv", -1)
	o.Version = version
	return o
}

// version is the mark of a day's rows: how many, the last of their times, and a digest.
func version(day []string) string { return strings.Join(day[1:], " ") }

// connect logs in.
func (d *Database) connect(ctx context.Context) (session, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return d.server.connect(ctx, d.config, d.pin)
}

// wrap names the source; what failed because the call was ended is told as that.
func (d *Database) wrap(ctx context.Context, what string, err error) error {
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return fmt.Errorf("source %s: %s: %w", d.config.Name, what, err)
}
