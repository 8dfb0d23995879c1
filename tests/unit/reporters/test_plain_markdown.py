"""Words of a report in Markdown: shown as they are, never markup."""

from __future__ import annotations

import pytest

from validator.reporters.plain_markdown import plain, plain_html

APART = "&#8203;"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本年收入合计100.00万元，占80%。", "本年收入合计100.00万元，占80%。"),
        ("-3.00万元", "-3.00万元"),
        ("- 3", r"\- 3"),
        ("1. 收入", r"1\. 收入"),
        ("---", r"\---"),
        ("# 一", r"\# 一"),
        ("一\r\n\n# 二", "一 # 二"),
        ("*一* _二_ `三` ~四~ 五|六", r"\*一\* \_二\_ \`三\` \~四\~ 五\|六"),
        ("[x](y)", r"\[x\](y)"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("@张三", f"@{APART}张三"),
        ("a@b.c", f"a@{APART}b.c"),
        ("#12", rf"\#{APART}12"),
        ("见 #12 和 !3", f"见 #{APART}12 和 !{APART}3"),
        ("https://a", f"https:{APART}//a"),
        ("www.a", f"www{APART}.a"),
        (":tada:", f":{APART}tada:"),
        ("$x$", "<span>$</span>x<span>$</span>"),
        ("deadbeef", f"deadbe{APART}ef"),
        ("2012901", "2012901"),
        ("一\x1b[1m\u202e二", "一\N{REPLACEMENT CHARACTER}\\[1m\N{REPLACEMENT CHARACTER}二"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_plain_html_has_no_backslashes() -> None:
    assert plain_html("*一* <b> @x") == f"*一* &lt;b&gt; @{APART}x"
