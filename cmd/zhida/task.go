package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"

	"github.com/spf13/cobra"

	"zhida/pipeline"
	"zhida/pipeline/engine"
	"zhida/pipeline/engine/proc"
	"zhida/pipeline/store"
)

// newTaskCommand is what the engine of processes starts: nobody types it.
func (a *app) newTaskCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "task",
		Short:  "do one task of a night, read from standard input (zhida run --engine proc starts this)",
		Hidden: true,
		Args:   exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			s, err := a.openBare(c.Context())
			if err != nil {
				return err
			}
			defer s.close()
			return proc.Serve(c.Context(), os.Stdin, a.stdout, s.Task, keptErrors())
		},
	}
}

// keptErrors are the errors by which a night decides what it tells people.
func keptErrors() proc.Kept {
	return proc.Kept{"damaged": store.ErrDamaged, "changed": pipeline.ErrChanged, "dataset": pipeline.ErrDataset, "homes": pipeline.ErrHomes}
}

// place chooses the engine of a night.
func (a *app) place(s *site, name string) error {
	switch name {
	case "local":
		return nil
	case "proc":
		start := a.worker
		if start == nil {
			program, err := os.Executable()
			if err != nil {
				return fmt.Errorf("find this program: %w", err)
			}
			start = func() *exec.Cmd { return exec.Command(program, "-w", a.workspace, "task") }
		}
		s.Engine = func(record engine.Recorder) engine.Engine {
			return proc.New(s.Workers, record, s.Observer, start, keptErrors(), a.stderr)
		}
		return nil
	}
	return inputError(errors.New("--engine: want local or proc, not " + name))
}
