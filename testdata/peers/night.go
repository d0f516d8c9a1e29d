package main

import (
	"bytes"
	"context"
	"encoding/csv"
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

// nights runs whole nights of made-up provinces, each as a process of its own: one of b.nightly enterprises with a next night,
// one four times as large, and one whose next night delivers everything again. What the processes read and say is left
// in a folder that is removed at the end.
//
// No peer runs a night yet, so night_speedup_duckdb is not among the measures; nor is match_stage_over_match, since the
// stage that matches makes the profiles too.
func (b *bench) nights(ctx context.Context) (err error) {
	folder, err := os.MkdirTemp(b.scratch, "nights")
	if err != nil {
		return fmt.Errorf("make room for nights: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	one := b.site(folder, "one", b.nightly)
	full, peak, err := one.first(ctx)
	if err != nil {
		return err
	}
	b.put("night_peak_mib_1m", peak)
	next, _, err := one.process(ctx, "run", "--date", secondNight, "--ahead")
	if err != nil {
		return err
	}
	b.put("incremental_over_full", next.Seconds()/full.Seconds())
	b.logf("night: %d enterprises took %.1f s and %.0f MiB, the next night %.1f s", b.nightly, full.Seconds(), peak, next.Seconds())
	if err := one.questions(ctx); err != nil {
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
	four, peak, err := b.site(folder, "four", 4*b.nightly, "--nights", "1").first(ctx)
	if err != nil {
		return err
	}
	b.put("night_4m_over_1m", four.Seconds()/full.Seconds())
	b.put("night_peak_mib_4m", peak)
	b.logf("night: %d enterprises took %.1f s and %.0f MiB", 4*b.nightly, four.Seconds(), peak)
	return nil
}

// again logs what the next night takes if everything is delivered again.
func (b *bench) again(ctx context.Context, s *site) error {
	full, _, err := s.first(ctx)
	if err != nil {
		return err
	}
	next, _, err := s.process(ctx, "run", "--date", secondNight, "--ahead")
	if err != nil {
		return err
	}
	b.logf("night: with everything delivered again the next night is %.3f of a full one", next.Seconds()/full.Seconds())
	return os.RemoveAll(s.folder)
}

// inProcesses runs the first night with a process for each unit of work.
func (b *bench) inProcesses(ctx context.Context, s *site, local time.Duration) error {
	took, _, err := s.first(ctx, "--engine", "proc")
	if err != nil {
		return err
	}
	b.put("proc_over_local", took.Seconds()/local.Seconds())
	return os.RemoveAll(s.folder)
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
func (s *site) first(ctx context.Context, flags ...string) (time.Duration, float64, error) {
	if _, _, err := s.command(ctx, append([]string{"gen", "-o", s.folder}, s.make...)...); err != nil {
		return 0, 0, err
	}
	if _, _, err := s.command(ctx, "keygen", filepath.Join(s.folder, "keys", "site.key")); err != nil {
		return 0, 0, err
	}
	return s.process(ctx, append([]string{"run", "--date", firstNight, "--ahead"}, flags...)...)
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
func (s *site) someone() (string, error) {
	names, err := filepath.Glob(filepath.Join(s.folder, "deliveries", "registration_*_full.csv"))
	if err != nil || len(names) == 0 {
		return "", fmt.Errorf("no delivery of registrations: %w", errors.Join(err, os.ErrNotExist))
	}
	file, err := os.Open(names[0])
	if err != nil {
		return "", fmt.Errorf("read registrations: %w", err)
	}
	defer file.Close()
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
