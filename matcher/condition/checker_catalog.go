package condition

import (
	"slices"

	"zhida/schemas"
)

// catalog resolves 目录 X to its members. Its system must be that of what is asked, and its words must be values of it.
func (c *checker) catalog(t schemas.Type, item *Item) ([]string, bool) {
	catalog := c.env.Catalogs[item.Low]
	if catalog == nil {
		suggestion := ""
		if near := c.near(item.Low, slices.Sorted(keys(c.env.Catalogs))); near != "" {
			suggestion = "写成 目录 " + near
		}
		c.fault(item.At, suggestion, "没有叫“%s”的目录", brief(item.Low))
		return nil, false
	}
	if catalog.System != t.System {
		c.fault(item.At, "", "目录“%s”列的是%s，这里要的是%s", brief(item.Low), systemName(catalog.System), systemName(t.System))
		return nil, false
	}
	if len(t.Values) == 0 {
		return catalog.Members, true
	}
	var words []string
	for _, member := range catalog.Members {
		i := slices.IndexFunc(t.Values, func(v string) bool { return v == member || schemas.Fold(v) == member })
		if i < 0 {
			c.fault(item.At, "", "目录“%s”里的“%s”不是这里的取值", brief(item.Low), brief(member))
			return nil, false
		}
		words = append(words, t.Values[i])
	}
	return words, true
}

func systemName(system string) string {
	switch system {
	case schemas.SystemRegion:
		return "行政区划代码"
	case schemas.SystemIndustry:
		return "行业代码"
	}
	return "文字"
}
