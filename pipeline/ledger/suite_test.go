package ledger

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync/atomic"
	"testing"

	"zhida/connectors/conntest/postgres"
)

// suite is what every database passes.
func suite() map[string]func(t *testing.T, db testDatabase) {
	return map[string]func(t *testing.T, db testDatabase){
		"open":                            testOpen,
		"opened together":                 testOpenTogether,
		"a newer schema":                  testNewerSchema,
		"old ledgers":                     testOldLedger,
		"waits for another writer":        testWaitsForAnotherWriter,
		"order of texts":                  testOrderOfTexts,
		"texts that cannot be kept":       testPlainTexts,
		"killed while planning":           testKilledWhilePlanning,
		"killed while committing":         testKilledWhileCommitting,
		"restore into what is there":      testRestoreIntoWhatIsThere,
		"backup while written":            testBackupWhileWritten,
		"land":                            testLand,
		"land what came before":           testLandWhatCameBefore,
		"deliveries filter":               testDeliveriesFilter,
		"delivery states":                 testDeliveryStates,
		"assign":                          testAssign,
		"arrival numbers":                 testArrivalNumbers,
		"sightings":                       testSightings,
		"due keys":                        testDueKeys,
		"revision supersedes":             testRevisionSupersedesWhatIsPlanned,
		"a published night asks again":    testPublishedNightAsksAgain,
		"baselines":                       testBaselines,
		"never twice, never lost":         testNeverTwiceNeverLost,
		"gates":                           testGates,
		"holds":                           testHold,
		"watches":                         testWatch,
		"release of a published night":    testReleaseOfPublished,
		"a night goes on until published": testNightGoesOnUntilPublished,
		"predecessors":                    testPredecessors,
		"publish plans pushes":            testPublishPlansPushes,
		"publish many":                    testPublishMany,
		"publish twice":                   testPublishTwice,
		"publish is all or nothing":       testPublishIsAllOrNothing,
		"publish may read meanwhile":      testPublishMayReadMeanwhile,
	}
}

func TestSQLite(t *testing.T) {
	t.Parallel()
	run(t, inFiles())
}

func TestPostgreSQL(t *testing.T) {
	t.Parallel()
	run(t, onServer(postgres.Start(t)))
}

func run(t *testing.T, db testDatabase) {
	t.Helper()
	for name, test := range suite() {
		t.Run(name, func(t *testing.T) { test(t, db) })
	}
}

// testDatabase is where a test has its ledgers.
type testDatabase struct {
	place func(t testing.TB) place // of a new one
}

// place is where a ledger is, so that a process that the test starts can open it too.
type place struct {
	Path   string
	Server Server
}

// inFiles has each ledger in a file.
func inFiles() testDatabase {
	return testDatabase{func(t testing.TB) place { return place{Path: filepath.Join(t.TempDir(), "ledger.db")} }}
}

// databases numbers those of a test program.
var databases atomic.Int64

// onServer has its ledgers in databases of a server, whose language orders texts otherwise than by their bytes.
func onServer(s *postgres.Server) testDatabase {
	return testDatabase{func(t testing.TB) place {
		name := fmt.Sprintf("ledger%d", databases.Add(1))
		s.Exec(t, "postgres", "CREATE DATABASE "+name+" OWNER "+postgres.User+
			" TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh-CN' LOCALE 'C.UTF-8'")
		return place{Server: Server{Host: s.Address, Database: name, User: postgres.User, Password: postgres.Password}}
	}}
}

func (p place) isFile() bool { return p.Path != "" }

func (p place) open(ctx context.Context) (*Ledger, error) { return p.openWith(ctx, migrations()) }

func (p place) openWith(ctx context.Context, source fs.FS) (*Ledger, error) {
	if p.isFile() {
		return openFile(ctx, p.Path, source)
	}
	return openServer(ctx, p.Server, source)
}

// ledger opens the ledger until the test ends.
func (p place) ledger(t testing.TB) *Ledger {
	t.Helper()
	l, err := p.open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// empty opens a new ledger until the test ends.
func (db testDatabase) empty(t testing.TB) *Ledger {
	t.Helper()
	return db.place(t).ledger(t)
}
