// Package matchtest runs test scripts: facts of made-up enterprises, and what conditions, items, tags and values must come to
// for them. The authors of policies keep them beside their policies, in policies/*.test, and run them with zhida test;
// zhida check runs them too. Nothing here reads files.
//
//	业务日期 2026-06-15             # holds for the questions after it
//
//	主体 甲厂
//	  注册资本: 1000万元
//	  研发费用@2025: 150万元        # yearly; without a year it is 上年, as in conditions
//	  注册地: 5107                  # known no finer than this
//	  从业人数: 50人（2024-01-01 核实）  # last confirmed then, else on the business date
//	  资质: 类型 = "高新技术企业", 认定日期 = 2025-07-01   # a row of a dataset; one line per row
//	  标签 失信被执行人: 否          # 是, 否 or 未知, whatever the tag's rule says
//	  名单 处罚: 过期               # for this enterprise; an unindented 名单 is for all
//
//	主体 乙厂 同 甲厂               # like 甲厂 but for what follows; rows of a dataset replace all its rows
//	  注册资本: 未知
//
//	条件 发明专利数 >= 1件
//	     或 实用新型专利数 >= 4件
//	  甲厂: 待补充, 缺 发明专利数、实用新型专利数
//
//	事项 SC-2026-07-1
//	  甲厂、乙厂: 符合, 须评审 "成效显著", 金额 20万元
//
//	标签 科技企业
//	  甲厂: 是
//
//	指标 研发费用 / 营业收入         # an attribute or any value
//	  甲厂: 3%
//
// What is not mentioned of an enterprise is unknown; rows that are not mentioned do not exist. A list (名单) is complete or open
// as its dataset says, and a complete one is in date, unless the script says 完整 (complete and in date), 开放 (no row
// means unknown) or 过期 (complete, but too old to vouch for it). A value of an attribute is put into the row of its first
// source, so values of one row have one day of confirmation.
//
// Expected is 符合, 待补充, 不符合 or 差一项. What an expectation does not speak of it leaves open, with one exception: 符合
// alone means that nothing is left to 评审 or 承诺. 不符合 covers 差一项. Behind the verdict may stand, after commas:
//
//	缺 A、B             all facts that keep the verdict open, and no other
//	差一项, 条件, 条件    all tests of which one would settle it
//	须评审 "…" 须承诺 "…"  what is left to be judged or declared; without a text, anything of the kind
//	金额 5万元           of an item: exactly this; 5万元..100万元 is known no better, 最高 100万元 leaves the low end open
//	就绪 免申即享         of an item: fit for it, or 就绪 易申快享, or 未就绪
//
// The files, in the order of work: piece.go cuts text and keeps places; script.go and parser*.go make a Script of it; facts.go and
// facts_value.go turn facts into rows and world.go rows into a block; asking.go looks up what is asked and expected; judge.go
// asks matcher and explain, the same that a night asks; compare.go compares; result.go tells. A value in a script is
// checked as a comparison of the condition language, so that units and codes mean the same here and there.
package matchtest
