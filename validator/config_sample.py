"""What ``gouji init`` writes（配置样本）: every key with what it means, none in force."""

from __future__ import annotations

SAMPLE = """\
# gouji 的配置。放在报告的文件夹或它的上级；gouji check 自己会找到。
# 每个键都可以不写；下面以“# ”开头的是不写时的取值，或一个例子，去掉“# ”就生效。
# 生效的设置和来处：gouji config show。路径都从这个文件所在的文件夹算起。

# 用哪些规则包：default 是自带的（地方规则包除外）；可加名称或文件夹，如 ["default", "本局规则"]
# packs = ["default"]
# 也用试行的规则
# preview = false
# 报告年度；不写就从文中找
# year = 2023
# 只用、不用哪些规则：编号 SUM001、一族 SUM 或类别 sum_mismatch；不写就全用
# select = ["SUM", "balance"]
# ignore = ["PLA"]
# 尾数是四舍五入（nearest）还是去尾（truncate）
# rounding = "nearest"
# 每个文件单独查，不与它的附表（Excel）对照
# separate = false

# 从哪一级起不通过：error 错误、warning 存疑、note 提示、never 都通过
# fail_on = "error"
# 每个文件的数字核对率至少多少；不写就不限
# min_coverage = 0.7
# 达到 fail_on 的问题不超过这么多处时仍算通过
# max_findings = 0
# 有一部分（如扫描的页）没有读出的文件也可以通过
# allow_unread = false
# 基线：已经知道的问题不计入结论；用 gouji baseline create 建
# baseline = "gouji-baseline.json"
# 豁免：看过、有人负责、没到期的问题不计入结论
# waivers = "gouji-waivers.yaml"

# 输出什么、写到哪里
# format = ["terminal", "sarif:gouji.sarif"]
# 界面语言：zh 或 en
# lang = "zh"
# 同时用几个进程
# jobs = 1

# 调整规则的严重程度，或不用它；按编号、一族或类别
# [rules]
# SUM003 = "note"
# NUM = "disable"
# number_format = "note"

# 只对一部分文件：写法同 .gitignore；几段都管到的，后面的说了算
# [[overrides]]
# files = ["街道/**"]
# select = ["SUM"]
# ignore = ["PLA"]
# rounding = "truncate"
# year = 2022
# kind = "budget"
# fail_on = "warning"
# min_coverage = 0.5
# allow_unread = true
# [overrides.rules]
# SHR001 = "warning"
"""
