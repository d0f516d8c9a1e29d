package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// changesPolicy asks one thing per item, so that each kind of change can be made alone.
const changesPolicy = `id: BH
title: 变化示例
number: 示〔2026〕1号
level: 市
department: 市示例局
status: 有效
valid: {from: 2026-01-01}
items:
`

// changesItems are the items of that policy: id and condition.
func changesItems() [][2]string {
	return [][2]string{
		{"资本", "注册资本 <= 100万元"},
		{"初创", "标签 初创期"},
		{"守信", "非 标签 失信被执行人"},
		{"高企", `有 资质(类型 = "高新技术企业" 且 有效期至 >= 今天)`},
		{"无证", `非 有 资质(类型 = "绿色食品")`},
		{"人数", "从业人数 >= 10人"},
		{"小微", "标签 小微规模"},
		{"产权", "知识产权数 >= 5件"},
		{"满年", "成立日期 + 1年 <= 今天"},
		{"满年人数", "成立日期 + 1年 <= 今天 且 从业人数 >= 10人"},
		{"各县", "注册地 属于 [510703, 510704, 510705, 510722, 510723, 510725, 510726, 510727, 510781]"},
	}
}

// changesSite is a site of two enterprises with the items of changesPolicy, before its first night.
type changesSite struct {
	*testSite
	a, b  string
	items [][2]string
}

func newChangesSite(t *testing.T) *changesSite {
	s := &changesSite{newSite(t, newKey(t)), uscc(t, "91510703MA0000001"), uscc(t, "91510703MA0000002"), changesItems()}
	s.clear()
	for _, file := range s.files("policies/*") {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	s.policy()
	s.deliver("registration_20260601_full.csv", registrationHead, s.registered(s.a, ""))
	s.deliver("dishonest_20260601_full.csv", "统一社会信用代码,案号,立案日期")
	s.deliver("qualification_20260601_full.csv", qualificationHead)
	s.annual("20260601", s.a, "5", "0")
	return s
}

func (s *changesSite) files(pattern string) []string {
	s.t.Helper()
	files, err := filepath.Glob(filepath.Join(s.workspace, pattern))
	if err != nil {
		s.t.Fatal(err)
	}
	return files
}

// policy writes the policy with the site's items.
func (s *changesSite) policy() {
	s.t.Helper()
	var b strings.Builder
	b.WriteString(changesPolicy)
	for _, it := range s.items {
		b.WriteString("  - id: " + it[0] + "\n    title: " + it[0] + "\n    mode: 普通\n    kind: 资质\n    status: 有效\n    condition: |\n      " + it[1] + "\n")
	}
	s.write(filepath.Join(s.workspace, "policies", "BH.yaml"), []byte(b.String()))
}

// ask changes what an item asks for.
func (s *changesSite) ask(item, condition string) {
	for i := range s.items {
		if s.items[i][0] == item {
			s.items[i][1] = condition
		}
	}
	s.policy()
}

// registered is a registration row; changes are pairs of a cell's text as it is otherwise and as it shall be.
func (s *changesSite) registered(code string, changes ...string) string {
	row := registrationRow(code)
	for i := 0; i+1 < len(changes); i += 2 {
		row = strings.Replace(row, changes[i], changes[i+1], 1)
	}
	return row
}

func (s *changesSite) annual(date, code, people, patents string) {
	s.deliver("annual_"+date+"_increment.csv", "统一社会信用代码,年度,从业人数,营业收入,发明专利数,实用新型专利数,软件著作权数",
		code+",2025,"+people+",500,"+patents+",0,0")
}

// certificate delivers a certificate of a.
func (s *changesSite) certificate(date, kind, until string) {
	s.deliver("qualification_"+date+"_increment.csv", qualificationHead, "新增,"+s.a+","+kind+",Z1,2025-06-16,"+until)
}

// changes are what the second night exports, with a and b for the codes.
func (s *changesSite) changes() []string {
	s.t.Helper()
	out := s.zhida(exitDone, "export", "changes")
	out = strings.NewReplacer(s.a, "a", s.b, "b").Replace(out)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if lines[0] != "统一社会信用代码,事项,变化,原因,说明" {
		s.t.Fatalf("header %q", lines[0])
	}
	lines = lines[1:]
	slices.Sort(lines)
	return lines
}

// TestChanges makes one kind of change after the first night, and looks at what the second says of it.
func TestChanges(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name          string
		before, after func(s *changesSite)
		want          []string
	}{
		{"nothing", nil, func(*changesSite) {}, nil},
		{"new", nil, func(s *changesSite) {
			s.deliver("registration_20260616_increment.csv", registrationHead, s.registered(s.b, "2022-07-01", "2026-06-01"))
		}, []string{"b,初创,进入,新登记,", "b,各县,进入,新登记,", "b,守信,进入,新登记,", "b,资本,进入,新登记,"}},
		{"closed", nil, func(s *changesSite) {
			s.deliver("registration_20260616_increment.csv", registrationHead, s.registered(s.a, "开业", "注销"))
		}, []string{"a,各县,退出,已注销,", "a,守信,退出,已注销,", "a,小微,退出,已注销,", "a,满年,退出,已注销,", "a,资本,退出,已注销,"}},
		{"merged", func(s *changesSite) {
			s.deliver("registration_20260602_increment.csv", registrationHead, s.registered(s.b))
		}, func(s *changesSite) {
			s.deliver("crosswalk_20260616_increment.csv", crosswalkHead, s.a+","+s.b+",2026-06-16")
			s.deliver("registration_20260616_increment.csv", registrationHead, s.registered(s.a, "开业", "注销"))
		}, []string{"a,各县,退出,已合并,", "a,守信,退出,已合并,", "a,小微,退出,已合并,", "a,满年,退出,已合并,", "a,资本,退出,已合并,"}},
		{"item", nil, func(s *changesSite) { s.ask("资本", "注册资本 <= 10万元") }, []string{"a,资本,退出,规则,事项"}},
		{"item taken out", nil, func(s *changesSite) {
			s.items = s.items[1:]
			s.policy()
		}, []string{"a,资本,退出,规则,事项"}},
		{"item put in", nil, func(s *changesSite) {
			s.items = append(s.items, [2]string{"新事项", "注册资本 >= 1万元"})
			s.policy()
		}, []string{"a,新事项,进入,规则,事项"}},
		{"tag", nil, func(s *changesSite) {
			s.edit("tags.yaml", "成立日期 + 3年 >= 今天", "成立日期 + 9年 >= 今天")
		}, []string{"a,初创,进入,规则,标签 初创期"}},
		{"parameter", nil, func(s *changesSite) { s.edit("tags.yaml", "value: 300人", "value: 3人") }, []string{"a,小微,退出,规则,参数 小微人数"}},
		{"derived attribute", func(s *changesSite) { s.annual("20260602", s.a, "5", "4") }, func(s *changesSite) {
			s.edit("tags.yaml", "发明专利数@上年 + 实用新型专利数@上年 + 软件著作权数@上年", "发明专利数@上年 * 2")
		}, []string{"a,产权,进入,规则,指标 知识产权数"}},
		{"two rules", nil, func(s *changesSite) {
			s.edit("tags.yaml", "value: 300人", "value: 5人")
			s.edit("tags.yaml", "从业人数@上年 < 参数 小微人数", "从业人数@上年 + 1人 < 参数 小微人数 + 1人")
			s.edit("tags.yaml", "rule: 成立日期 + 3年 >= 今天", "rule: 成立日期 + 3年 + 1天 >= 今天")
		}, []string{"a,小微,退出,规则,参数 小微人数"}},
		{
			"shelf life", nil, func(s *changesSite) { s.edit("datasets/dishonest.yaml", "shelf: 40天", "shelf: 10天") },
			[]string{"a,守信,退出,规则,数据类 失信"},
		},
		{"open list becomes complete", nil, func(s *changesSite) {
			s.edit("datasets/qualification.yaml", "list: open", "list: complete")
		}, []string{"a,无证,进入,规则,数据类 资质"}},
		{"code table", func(s *changesSite) {
			s.deliver("registration_20260602_increment.csv", registrationHead, s.registered(s.b))
		}, func(s *changesSite) { s.learnRegion("510799") }, []string{"a,各县,退出,代码表,", "b,各县,退出,代码表,"}},
		{"value", nil, func(s *changesSite) { s.annual("20260616", s.a, "20", "0") }, []string{"a,人数,进入,数据,年报", "a,满年人数,进入,数据,年报"}},
		{"row deleted", func(s *changesSite) { s.certificate("20260602", "高新技术企业", "2028-06-15") }, func(s *changesSite) {
			s.deliver("qualification_20260616_increment.csv", qualificationHead, "删除,"+s.a+",高新技术企业,Z1,,")
		}, []string{"a,高企,退出,数据,资质"}},
		{"two values", nil, func(s *changesSite) {
			s.ask("满年人数", "注册资本 <= 10万元 且 从业人数 >= 10人")
			s.night("2026-06-15") // again, with the item as it is now
			s.annual("20260616", s.a, "20", "0")
			s.deliver("registration_20260616_increment.csv", registrationHead, s.registered(s.a, "30万元", "8万元"))
		}, []string{"a,人数,进入,数据,年报", "a,满年人数,进入,数据,"}},
		{
			"list goes out of date", func(s *changesSite) { s.redate("dishonest_20260601_full.csv", "dishonest_20260506_full.csv") },
			func(*changesSite) {},
			[]string{"a,守信,退出,时效,失信"},
		},
		{
			"late list", func(s *changesSite) { s.redate("dishonest_20260601_full.csv", "dishonest_20260501_full.csv") },
			func(s *changesSite) {
				s.deliver("dishonest_20260616_full.csv", "统一社会信用代码,案号,立案日期")
			},
			[]string{"a,守信,进入,时效,失信"},
		},
		{"row goes out of date", func(s *changesSite) {
			s.clearAnnual()
			s.annual("20241215", s.a, "50", "0")
		}, func(*changesSite) {}, []string{"a,人数,退出,时效,年报", "a,小微,退出,时效,年报", "a,满年人数,退出,时效,年报"}},
		{"row comes again", func(s *changesSite) {
			s.clearAnnual()
			s.annual("20241001", s.a, "50", "0")
		}, func(s *changesSite) { s.annual("20260616", s.a, "50", "0") }, []string{"a,人数,进入,时效,年报", "a,小微,进入,时效,年报", "a,满年人数,进入,时效,年报"}},
		{"date comes", func(s *changesSite) {
			s.deliver("registration_20260602_increment.csv", registrationHead, s.registered(s.a, "2022-07-01", "2025-06-16"))
		}, func(*changesSite) {}, []string{"a,满年,进入,日期,"}},
		{
			"certificate expires", func(s *changesSite) { s.certificate("20260602", "高新技术企业", "2026-06-15") },
			func(*changesSite) {},
			[]string{"a,高企,退出,日期,"},
		},
		{
			"date and value", func(s *changesSite) {
				s.deliver("registration_20260602_increment.csv", registrationHead, s.registered(s.a, "2022-07-01", "2025-06-16"))
			}, func(s *changesSite) { s.annual("20260616", s.a, "20", "0") },
			[]string{"a,人数,进入,数据,年报", "a,满年,进入,日期,", "a,满年人数,进入,多项,"},
		},
		{"value before date", func(s *changesSite) { s.certificate("20260602", "高新技术企业", "2026-06-15") }, func(s *changesSite) {
			s.deliver("qualification_20260616_increment.csv", qualificationHead, "删除,"+s.a+",高新技术企业,Z1,,")
		}, []string{"a,高企,退出,数据,资质"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newChangesSite(t)
			if tt.before != nil {
				tt.before(s)
			}
			s.night("2026-06-15")
			tt.after(s)
			s.night("2026-06-16")
			if got := s.changes(); !slices.Equal(got, tt.want) {
				t.Errorf("changes:\n  %s\nwant:\n  %s", strings.Join(got, "\n  "), strings.Join(tt.want, "\n  "))
			}
		})
	}
}

// TestChangesOfManyItems has more items change than are explained at a time.
func TestChangesOfManyItems(t *testing.T) {
	t.Parallel()
	s := newChangesSite(t)
	s.items = nil
	for i := range 1500 {
		s.items = append(s.items, [2]string{fmt.Sprintf("第%04d", i), fmt.Sprintf("从业人数 >= %d人", 10+i)})
	}
	s.policy()
	s.night("2026-06-15")
	s.annual("20260616", s.a, "1400", "0")
	s.night("2026-06-16")
	got := s.changes()
	for i, line := range got {
		if want := fmt.Sprintf("a,第%04d,进入,数据,年报", i); line != want {
			t.Fatalf("%q, want %q", line, want)
		}
	}
	if len(got) != 1391 {
		t.Errorf("%d changes", len(got))
	}
}

// redate gives a delivery another date.
func (s *changesSite) redate(from, to string) {
	s.t.Helper()
	if err := os.Rename(s.deliveries(from), s.deliveries(to)); err != nil {
		s.t.Fatal(err)
	}
}

func (s *changesSite) clearAnnual() {
	s.t.Helper()
	if err := os.Remove(s.deliveries("annual_20260601_increment.csv")); err != nil {
		s.t.Fatal(err)
	}
}

// TestChangesBaseline starts from nights that an older zhida made: it cannot be told what changed because of the engine.
func TestChangesBaseline(t *testing.T) {
	t.Parallel()
	version := regexp.MustCompile(`("definitions": "[0-9a-f]{64})\.[0-9]+"`)
	kept := regexp.MustCompile(`(?s)"workspace": \{.*?\},`)
	for name, older := range map[string]func(manifest string) string{
		"another engine":          func(m string) string { return version.ReplaceAllString(m, `$1.2"`) },
		"definitions not kept":    func(m string) string { return kept.ReplaceAllString(m, "") },
		"as the first ones wrote": func(m string) string { return kept.ReplaceAllString(version.ReplaceAllString(m, `$1.2"`), "") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newChangesSite(t)
			s.night("2026-06-15")
			file := filepath.Join(s.store, "nights", "2026-06-15", "manifest.json")
			was := string(s.read(file))
			is := older(was)
			if is == was {
				t.Fatal("the manifest is as it was")
			}
			s.write(file, []byte(is))
			s.deliver("registration_20260616_increment.csv", registrationHead, s.registered(s.a, "开业", "注销"))
			s.annual("20260616", s.a, "20", "0")
			s.night("2026-06-16")
			want := []string{"a,各县,退出,基线,", "a,守信,退出,基线,", "a,小微,退出,基线,", "a,满年,退出,基线,", "a,资本,退出,基线,"}
			if got := s.changes(); !slices.Equal(got, want) {
				t.Errorf("changes %q, want %q", got, want)
			}
			if n := s.total("2026-06-16", "left"); n != len(want) {
				t.Errorf("%d left, want %d", n, len(want))
			}
		})
	}
}
