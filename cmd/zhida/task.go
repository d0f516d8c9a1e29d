package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"

	"github.com/spf13/cobra"

	"zhida/pipeline"
	"zhida/pipeline/engine"
	"zhida/pipeline/engine/proc"
	"zhida/pipeline/store"
	"zhida/pipeline/workspace"
)

// newTaskCommand is what the engine of processes starts: nobody types it.
func (a *app) newTaskCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "task",
		Short:  "do one task of a night, read from standard input (zhida run --engine proc starts this)",
		Hidden: true,
		Args:   exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			return proc.Serve(c.Context(), os.Stdin, a.stdout, a.task, keptErrors())
		},
	}
}

// task does one task. What is wrong with the workspace is part of the reply: it was right when the night began, so it was
// changed since, and trying again is no use.
func (a *app) task(ctx context.Context, task engine.Task) (json.RawMessage, error) {
	s, err := a.openForTask(ctx, task.Kind)
	var exit *exitError
	if errors.As(err, &exit) && exit.code == exitInput {
		return nil, fmt.Errorf("%w: %w", pipeline.ErrChanged, err)
	}
	if err != nil {
		return nil, err
	}
	defer s.close()
	return s.Task(ctx, task)
}

// openForTask opens what a task of the kind needs: without policies a worker of a province is ready at once.
func (a *app) openForTask(ctx context.Context, kind string) (*site, error) {
	load := workspace.LoadWithoutPolicies
	if pipeline.ReadsPolicies(kind) {
		load = workspace.Load
	}
	ws, err := a.loadBy(load)
	if err != nil {
		return nil, err
	}
	s, err := a.openLoaded(ctx, ws, 1, nil, false)
	if err != nil {
		return nil, err
	}
	s.PrepareReading()
	return s, nil
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
