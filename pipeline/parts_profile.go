package pipeline

import (
	"io"

	"zhida/matcher/profile"
	"zhida/pipeline/store"
)

// profilePart is a file of attributes in the making.
type profilePart struct {
	night  *Night
	blocks []*profile.Block
	homes  []int
}

func (p *profilePart) add(home int, b *profile.Block) {
	p.blocks = append(p.blocks, b)
	if len(p.homes) == 0 || p.homes[len(p.homes)-1] != home {
		p.homes = append(p.homes, home)
	}
}

func (p *profilePart) write(s *store.Store, assign func(home int, ref store.Ref)) error {
	if len(p.blocks) == 0 {
		return nil
	}
	ref, err := s.Put("profile", "parquet", func(w io.Writer) error {
		wr, err := profile.NewWriter(w, p.night.Workspace.Attributes, p.night.datasets, nil)
		if err != nil {
			return err
		}
		for _, b := range p.blocks {
			if err := profile.WriteAttributes(wr, b); err != nil {
				return err
			}
		}
		return wr.Close()
	})
	if err != nil {
		return err
	}
	for _, h := range p.homes {
		assign(h, ref)
	}
	return nil
}
