package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// The business dates of the nights that zhida gen delivers for.
const (
	firstNight  = "2026-06-15"
	secondNight = "2026-06-16"
)

// thirdNight has no deliveries.
const thirdNight = "2026-06-17"

// nights runs whole nights of made-up provinces, each as a process of its own: one of b.nightly enterprises with a next night
// and one that judges everybody again, one four times as large, and one whose next night delivers everything again. What the
// processes read and say is left in a folder that is removed at the end. A night's time is until it is published; reports
// are told apart.
func (b *bench) nights(ctx context.Context) (err error) {
	folder, err := os.MkdirTemp(b.scratch, "nights")
	if err != nil {
		return fmt.Errorf("make room for nights: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	one := b.site(folder, "one", b.nightly)
	full, err := one.first(ctx)
	if err != nil {
		return err
	}
	b.put("night_peak_mib_1m", full.peak)
	next, err := one.night(ctx, secondNight)
	if err != nil {
		return err
	}
	b.put("incremental_over_full", next.seconds/full.seconds)
	b.logf("night: %d enterprises: %s; the next night, 1%% changed: %s", b.nightly, full, next)
	if err := one.questions(ctx); err != nil {
		return err
	}
	everybody, err := one.night(ctx, thirdNight, "--afresh")
	if err != nil {
		return err
	}
	if err := os.RemoveAll(one.folder); err != nil {
		return fmt.Errorf("remove a night: %w", err)
	}
	if err := b.again(ctx, b.site(folder, "again", b.nightly, "--full")); err != nil {
		return err
	}
	if err := b.inProcesses(ctx, b.site(folder, "proc", b.nightly, "--nights", "1"), full); err != nil {
		return err
	}
	four, err := b.site(folder, "four", 4*b.nightly, "--nights", "1").first(ctx)
	if err != nil {
		return err
	}
	b.put("night_4m_over_1m", four.seconds/full.seconds)
	b.put("night_peak_mib_4m", four.peak)
	b.logf("night: %d enterprises: %s", 4*b.nightly, four)
	return b.alone(everybody)
}

// alone puts the match alone, of as many enterprises and items in memory, beside the reduce of a night that judged everybody
// again: that reads rows, makes profiles, matches, and writes verdicts and changes. It holds much, and comes last.
func (b *bench) alone(night ran) error {
	w, err := newWorkload(b.nightly, b.items)
	if err != nil {
		return err
	}
	w.all() // warms up
	began := time.Now()
	w.all()
	alone := time.Since(began).Seconds()
	b.put("match_stage_over_match", night.stages["reduce"]/alone)
	b.logf("night: everybody judged again, from disk: %s; the match alone is %.2f s", night, alone)
	return nil
}

// again logs what the next night takes if everything is delivered again.
func (b *bench) again(ctx context.Context, s *site) error {
	full, err := s.first(ctx)
	if err != nil {
		return err
	}
	next, err := s.night(ctx, secondNight)
	if err != nil {
		return err
	}
	b.logf("night: with everything delivered again the next night is %.3f of a full one: %s", next.seconds/full.seconds, next)
	return os.RemoveAll(s.folder)
}

// inProcesses runs the first night with a process for each unit of work.
func (b *bench) inProcesses(ctx context.Context, s *site, local ran) error {
	proc, err := s.first(ctx, "--engine", "proc")
	if err != nil {
		return err
	}
	b.put("proc_over_local", proc.seconds/local.seconds)
	b.logf("night: a process for each unit: %s", proc)
	return os.RemoveAll(s.folder)
}

// ran is what a night took.
type ran struct {
	seconds float64 // until it was published
	stages  map[string]float64
	peak    float64 // MiB, of the process that runs the night
}

func (r ran) String() string {
	return fmt.Sprintf("%.1f s (map %.1f, seal %.1f, reduce %.1f), then %.1f s for reports, %.0f MiB",
		r.seconds, r.stages["map"], r.stages["seal"], r.stages["reduce"], r.stages["report"], r.peak)
}

// site is a workspace in the making, of a given size.
type site struct {
	*bench
	folder string
	make   []string // flags of zhida gen
}

func (b *bench) site(folder, name string, enterprises int, more ...string) *site {
	flags := []string{"--enterprises", strconv.Itoa(enterprises), "--items", strconv.Itoa(b.items)}
	return &site{bench: b, folder: filepath.Join(folder, name), make: append(flags, more...)}
}

// first makes the workspace and runs its first night.
func (s *site) first(ctx context.Context, flags ...string) (ran, error) {
	if _, _, err := s.command(ctx, append([]string{"gen", "-o", s.folder}, s.make...)...); err != nil {
		return ran{}, err
	}
	if _, _, err := s.command(ctx, "keygen", filepath.Join(s.folder, "keys", "site.key")); err != nil {
		return ran{}, err
	}
	return s.night(ctx, firstNight, flags...)
}

// night runs a night. What it took it says itself, in its summary.
func (s *site) night(ctx context.Context, date string, flags ...string) (ran, error) {
	_, peak, err := s.process(ctx, append([]string{"run", "--date", date, "--ahead"}, flags...)...)
	if err != nil {
		return ran{}, err
	}
	data, err := os.ReadFile(filepath.Join(s.folder, "store", "nights", date, "summary.json"))
	if err != nil {
		return ran{}, fmt.Errorf("read what the night took: %w", err)
	}
	var said struct {
		Seconds float64 `json:"seconds"`
		Stages  []struct {
			Name    string  `json:"name"`
			Seconds float64 `json:"seconds"`
		} `json:"stages"`
	}
	if err := json.Unmarshal(data, &said); err != nil {
		return ran{}, fmt.Errorf("read what the night took: %w", err)
	}
	r := ran{seconds: said.Seconds, stages: map[string]float64{}, peak: peak}
	for _, stage := range said.Stages {
		r.stages[stage.Name] = stage.Seconds
	}
	return r, nil
}

// process is command in the workspace.
func (s *site) process(ctx context.Context, arguments ...string) (time.Duration, float64, error) {
	return s.command(ctx, append([]string{"-w", s.folder}, arguments...)...)
}

// command runs zhida, and tells how long it took and the most memory it had, in MiB. The kernel counts the memory of the
// process that starts another as that one's too, which is why nights come before measures that hold much (measures).
func (b *bench) command(ctx context.Context, arguments ...string) (time.Duration, float64, error) {
	c := exec.CommandContext(ctx, b.zhida, arguments...)
	c.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(threads))
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	began := time.Now()
	err := c.Run()
	took := time.Since(began)
	if err != nil {
		return 0, 0, fmt.Errorf("zhida %s: %w: %s", strings.Join(arguments, " "), err, said.String())
	}
	u, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, 0, errors.New("the system does not tell what memory a process had")
	}
	return took, float64(u.Maxrss) / 1024, nil
}

// questions asks about one pair and about a condition that is not published, as an officer does: a process each, with all
// it reads. The first time warms the page cache, the best of three counts.
func (s *site) questions(ctx context.Context) error {
	code, err := s.someone()
	if err != nil {
		return err
	}
	item, err := s.something()
	if err != nil {
		return err
	}
	for name, arguments := range map[string][]string{
		"explain_ms":  {"explain", code, item},
		"simulate_ms": {"simulate", "营业收入 >= 2000万元 且 行业 属于 C"},
	} {
		best := time.Duration(1<<63 - 1)
		for range 4 {
			took, _, err := s.process(ctx, arguments...)
			if err != nil {
				return err
			}
			best = min(best, took)
		}
		s.put(name, float64(best.Microseconds())/1000)
	}
	s.logf("night: explain and simulate are asked of %d enterprises, as processes", s.nightly)
	return nil
}

// someone is the first enterprise that is registered.
func (s *site) someone() (code string, err error) {
	names, err := filepath.Glob(filepath.Join(s.folder, "deliveries", "registration_*_full.csv"))
	if err != nil || len(names) == 0 {
		return "", fmt.Errorf("no delivery of registrations: %w", errors.Join(err, os.ErrNotExist))
	}
	file, err := os.Open(names[0])
	if err != nil {
		return "", fmt.Errorf("read registrations: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	rows := csv.NewReader(file)
	head, err := rows.Read()
	if err != nil {
		return "", fmt.Errorf("read registrations: %w", err)
	}
	row, err := rows.Read()
	if err != nil {
		return "", fmt.Errorf("read registrations: %w", err)
	}
	for i, name := range head {
		if name == "统一社会信用代码" {
			return row[i], nil
		}
	}
	return "", errors.New("registrations have no codes")
}

// something is the first item of the first policy.
func (s *site) something() (string, error) {
	names, err := filepath.Glob(filepath.Join(s.folder, "policies", "*.yaml"))
	if err != nil || len(names) == 0 {
		return "", fmt.Errorf("no policies: %w", errors.Join(err, os.ErrNotExist))
	}
	text, err := os.ReadFile(names[0])
	if err != nil {
		return "", fmt.Errorf("read policy: %w", err)
	}
	_, rest, _ := strings.Cut(string(text), "\n  - id: ")
	id, _, found := strings.Cut(rest, "\n")
	if !found {
		return "", fmt.Errorf("%s has no item", names[0])
	}
	return strings.TrimSpace(id), nil
}
