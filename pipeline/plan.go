package pipeline

import (
	"zhida/matcher"
	"zhida/pipeline/workspace"
)

// Described is the library of a workspace, compiled to tell how its items are matched.
func Described(ws *workspace.Workspace) (*matcher.Library, error) {
	d, err := matching(ws)
	if err != nil {
		return nil, err
	}
	d.Described = true
	return matcher.Compile(d)
}
