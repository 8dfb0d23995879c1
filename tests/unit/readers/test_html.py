"""Web pages of a few lines."""

from __future__ import annotations

import codecs
import re

import pytest

from validator.document import BlockKind, Document
from validator.errors import UnreadableDocument
from validator.readers import html, html_tables, read_bytes


def page(body: str, head: str = "") -> Document:
    return read_bytes(
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}".encode(), "a.html"
    )


def told(body: str) -> list[str]:
    document = page(body)
    return [document.quote(block.span) for block in document.blocks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>收入合计</p><p>支出合计</p>", ["收入合计", "支出合计"]),
        ("<div>收入合计<div>支出合计</div>结余</div>", ["收入合计", "支出合计", "结余"]),
        ("收入合计<br>支出合计<br/><br>结余", ["收入合计", "支出合计", "结余"]),
        ("<p>收入\n   合计 100\n万元</p>", ["收入合计 100万元"]),
        ("<p>Total of\n   2023</p>", ["Total of 2023"]),
        ("<p>2023 年\t收入</p>", ["2023 年 收入"]),
        ("<p>&nbsp;&nbsp;&emsp;收入&nbsp;合计</p>", ["收入\xa0合计"]),
        ("<p>收<b>入</b><font>合<span>计</span></font>1<o:p></o:p>00</p>", ["收入合计100"]),
        ("<p>比<del>上上</del><ins>上</ins>年增加</p>", ["比上年增加"]),
        ("<p>面积100m<sup>2</sup></p>", ["面积100m2"]),
        ("<p>收<!-- 注 -->入</p><!--[if mso]><p>旧</p><![endif]-->", ["收入"]),
        ("<p><![if !supportLists]>一、<![endif]>收入</p>", ["一、收入"]),
        ("<pre>收入合计\n支出合计\n\n结余</pre>", ["收入合计", "支出合计", "结余"]),
        ("<p>收入", ["收入"]),
        ("<p>支出</p></body></html><p>收入</p>", ["支出", "收入"]),
        (
            "<div><html><head><title>题</title></head><body>支出</body></html></div>收入",
            ["支出", "收入"],
        ),
    ],
)
def test_one_line_per_paragraph(body: str, expected: list[str]) -> None:
    assert told(body) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a='5万元'</script>",
        "<style>p {color: red}</style>",
        "<noscript>请打开脚本</noscript>",
        "<template>模板</template>",
        "<p hidden>5万元</p>",
        "<p style='color:red; DISPLAY : none'>5万元</p>",
        "<span style='mso-hide:all'>5万元</span>",
        "<select><option>2023</select><button>查询</button><textarea>x</textarea>",
        "<nav>导航</nav><aside>旁栏</aside><header>某某市人民政府</header><footer>联系我们</footer>",
        "<div title='header'><p>内部资料</p></div>",
        "<iframe>框</iframe><svg><text>图</text></svg>",
    ],
)
def test_what_nobody_sees_is_left_out(hidden: str) -> None:
    assert told(f"<p>收入合计</p>{hidden}<p>支出合计</p>") == ["收入合计", "支出合计"]


def test_words_after_something_hidden_stay() -> None:
    assert told("<p>收<script>a</script>入<i hidden>x</i>合<i hidden>x</i>计</p>") == [
        "收入合计"
    ]


def test_control_characters_do_no_harm() -> None:
    words = "本年收入" * 30

    assert told(f"<p>{words}<script>a</script>\x01合&#2;<i hidden>x</i>&#3;计</p>") == [
        f"{words}\x01合\x02\x03计"
    ]


def test_header_of_an_article_is_its_title() -> None:
    assert told("<article><header><h1>部门概况</h1></header><p>收入</p></article>") == [
        "部门概况", "收入",
    ]  # fmt: skip
    assert told("<header><h1>某局2023年度部门决算</h1></header><p>收入</p>") == [
        "某局2023年度部门决算", "收入",
    ]  # fmt: skip


def test_headings_have_levels() -> None:
    document = page(
        f"<h1>第一部分<br>概况</h1><h3><a name=x></a>一、收入</h3><h2>{'长' * 101}</h2>"
    )

    assert [(b.kind, b.level) for b in document.blocks] == [
        (BlockKind.HEADING, 1), (BlockKind.HEADING, 1), (BlockKind.HEADING, 3),
        (BlockKind.PARAGRAPH, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
        ("<ol start=3><li><p>甲</p><p>乙</p></li><li value=9>丙<li>丁</ol>", ["3. 甲", "乙", "9. 丙", "10. 丁"]),
        ("<ol type=a><li>甲</ol><ol type=A><li>乙</ol>", ["a. 甲", "A. 乙"]),
        ("<ol type=i start=4><li>甲</ol><ol type=I start=9><li>乙</ol>", ["iv. 甲", "IX. 乙"]),
        ("<ol style='list-style-type: cjk-ideographic' start=21><li>甲</ol>", ["二十一、甲"]),
        ("<ol style='list-style-type:simp-chinese-informal' start=10><li>甲</ol>", ["十、甲"]),
        ("<ol style='list-style:none'><li>甲</ol>", ["甲"]),
        ("<ol><li>一、甲<li>（二）乙</ol>", ["一、甲", "（二）乙"]),
        ("<ol><li>甲<ol><li>子</ol><li>乙</ol>", ["1. 甲", "1. 子", "2. 乙"]),
        ("<ol start=x type=z><li>甲</ol>", ["1. 甲"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
    ],
)  # fmt: skip
def test_numbers_of_lists_are_printed(items: str, expected: list[str]) -> None:
    assert told(items) == expected


def test_table_with_spans_and_caption() -> None:
    document = page(
        "<table><caption>表1 <b>收入</b></caption><thead><tr><th rowspan=2>项目<th colspan=2>金额</thead>"
        "<tfoot><tr><td>合计<td>3<td></tfoot>"
        "<tr><td>本年<td>上<br>年</tr><tr><td><p>收入</p><td> 1,000.50 <td>&nbsp;</table>结束"
    )
    (table,) = document.tables

    assert table.title == "表1 收入"
    assert table.grid == ((0, 1, 1), (0, 2, 3), (4, 5, 6), (7, 8, 9))
    assert [document.quote(cell.span) for cell in table.cells] == [
        "项目", "金额", "本年", "上\n年", "收入", "1,000.50", "", "合计", "3", "",
    ]  # fmt: skip
    assert [document.quote(b.span) for b in document.blocks if b.table < 0] == [
        "表1 收入", "结束",
    ]  # fmt: skip


def test_blank_zero_and_words_stay_apart() -> None:
    document = page("<table><tr><td>出国费<td>0.00<td><td>/<td>大</table>")

    assert [document.quote(cell.span) for cell in document.tables[0].cells] == [
        "出国费", "0.00", "", "/", "大",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "grid"),
    [
        ("<tr><td colspan=9999>表<tr><td>甲<td>乙", ((0, 0), (1, 2))),
        ("<tr><td rowspan=9999>甲<td>乙<tr><td>丙", ((0, 1), (0, 2))),
        ("<tr><td rowspan=0>甲<td>乙<tr><td>丙", ((0, 1), (0, 2))),
        ("<tr><td colspan=x rowspan=-1>甲<td colspan=0>乙", ((0, 1),)),
        ("<form><tr><td>甲<td>乙</form><tr><td>丙", ((0, 1), (2, -1))),
        ("<tr style='display:none'><td>丁<td>戊<tr><td>甲<td>乙", ((0, 1),)),
    ],
)
def test_odd_spans(table: str, grid: object) -> None:
    assert page(f"<table>{table}</table>").tables[0].grid == grid


def test_absurdly_large_table_is_read_as_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_tables, "MOST_CELLS", 5)

    document = page("<table><tr><td>甲<td>乙<td>丙<tr><td>丁<td>戊<td>己</table>")

    assert document.tables == ()
    assert document.text == "甲\n乙\n丙\n丁\n戊\n己\n"
    assert document.unread == ("有一个表格大得反常，只当作文字读出",)


def test_table_that_lays_out_the_page_is_walked_through() -> None:
    document = page(
        "<table><tr><td>左栏</td><td><p>一、收入</p><table><tr><td>项目<td>金额</table><p>说明</p>"
        "</td></tr></table><table><tr><td><p>外框</p><p>内文</p></td></tr></table>"
    )

    assert [(b.table, document.quote(b.span)) for b in document.blocks] == [
        (-1, "左栏"), (-1, "一、收入"), (0, "项目"), (0, "金额"), (-1, "说明"), (-1, "外框"),
        (-1, "内文"),
    ]  # fmt: skip


@pytest.mark.parametrize("inside", ["<h2>部门概况</h2>", "<p>一段</p>" * 30])
def test_cell_with_a_column_of_the_page(inside: str) -> None:
    assert page(f"<table><tr><td>目录</td><td>{inside}</td></tr></table>").tables == ()


def test_form_with_long_words_stays_a_table() -> None:
    words = "<p>年度目标完成情况说明，资金按进度拨付。</p>" * 8

    assert len(page(f"<table><tr><td>说明</td><td>{words}</td></tr></table>").tables) == 1


MENU = "<ul>" + "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(6)) + "</ul>"


def test_menus_paths_and_buttons_go() -> None:
    body = (
        f"<div class=a>{MENU}</div><div>当前位置：<a href=/>首页</a> &gt; <a href=/b>公开</a></div>"
        "<div><div>某局2022年度部门决算</div><div>【字号：大 中 小】</div>"
        "<p>本年收入合计100.00万元。</p><p>附件：<a href=1.xls>公开表.xls</a></p></div>"
        f"<div><h3>热点</h3>{MENU}</div><p>上一篇：<a href=2>没有了</a></p><p>[打印本页] [关闭窗口]</p>"
        "<div>版权所有：某县人民政府</div><div>某ICP备00000000号-1</div>"
    )

    assert told(body) == [
        "某局2022年度部门决算",
        "本年收入合计100.00万元。",
        "附件：公开表.xls",
    ]


@pytest.mark.parametrize(
    "kept",
    [
        "<p>打印费支出0.50万元。</p>",
        "<p>主办单位：某局，经费5万元。</p>",
        "<h3>下一篇章</h3>",
        "<p>小计</p>",
        "<ul><li><a href=1>办公费</a>1.00<li><a href=2>水费</a>2.00<li><a href=3>电费</a>3.00</ul>",
        "<p><a href='#a'>概况……1</a></p><p><a href='#b'>情况……2</a></p><p><a href='#c'>解释</a></p>",
    ],
)
def test_in_doubt_it_stays(kept: str) -> None:
    words = told(f"<p>本年收入合计100.00万元，其中财政拨款100.00万元。</p>{kept}")[1:]

    assert "".join(words) == re.sub("<[^>]*>", "", kept)


def test_page_whose_words_are_all_links() -> None:
    links = "".join(f"<li><a href='javascript:;'>支出{n}.00万元</a></li>" for n in range(1, 5))

    assert len(told(f"<ul>{links}</ul>")) == 4


def test_amounts_beside_the_main_part_stay() -> None:
    main = "<p>" + "说明文字。" * 40 + "</p>"

    assert told(f"<div>{main}</div><div>单位：万元</div><table><tr><td>合计<td>5.00</table>")[1:] == [
        "单位：万元", "合计", "5.00",
    ]  # fmt: skip


def test_deep_nesting_costs_no_stack() -> None:
    document = page("<div>" * 1500 + "收入合计" + "</div>" * 1500 + "<p>支出合计</p>")

    assert document.text == "收入合计\n支出合计\n"
    assert document.unread == ()


def test_what_lies_too_deep_is_told() -> None:
    document = page("<p>收入</p>" + "<div>" * 9000 + "支出")

    assert document.text == "收入\n"
    assert document.unread == ("网页的结构嵌套太深，后面的内容没有读出",)


WORDS = "收入合计100万元，占“总额”的100%。"
PLAIN = f"<html><body><p>{WORDS}</p></body></html>"
CHARSET = '<html><head><meta charset="{}"></head><body><p>' + WORDS + "</p></body></html>"
ENCODED = {
    "utf-8": PLAIN.encode(),
    "utf-8-marked": codecs.BOM_UTF8 + PLAIN.encode(),
    "utf-16": codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"),
    "gbk-undeclared": PLAIN.encode("gbk"),
    "gb2312": CHARSET.format("gb2312").encode("gb18030"),
    "says-utf-8-is-gbk": CHARSET.format("utf-8").encode("gbk"),
    "says-gbk-is-utf-8": CHARSET.format("gbk").encode(),
    "says-latin-1": CHARSET.format("iso-8859-1").encode("gbk"),
    "says-nonsense": CHARSET.format("x-none").encode("gbk"),
    "xhtml": b'<?xml version="1.0" encoding="gb2312"?>' + PLAIN.encode("gbk"),
    "http-equiv": (
        '<html><meta http-equiv=Content-Type content="text/html; charset=gb2312">' + PLAIN
    ).encode("gbk"),
}  # fmt: skip


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
def test_encodings(data: bytes) -> None:
    assert read_bytes(data, "a.html").text == f"{WORDS}\n"


def test_big5_where_it_is_declared() -> None:
    data = '<html><meta charset="big5"><p>收入合計一百萬元，較上年增加</p>'.encode("big5")

    assert read_bytes(data, "a.html").text == "收入合計一百萬元，較上年增加\n"


MIME = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\n{}\r\n--B--\r\n"


@pytest.mark.parametrize(
    "head", ["", "From: <Saved by a browser>\r\nSubject: =?utf-8?B?5pS2?=\r\n"]
)
def test_page_wrapped_with_its_pictures(head: str) -> None:
    part = (
        "Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n{}"
    )
    packed = codecs.encode(PLAIN.encode("gbk"), "base64").decode()

    document = read_bytes((head + MIME.format(part.format(packed))).encode(), "a.mht")

    assert (document.format, document.text) == ("html", f"{WORDS}\n")


def test_wrapped_without_a_page() -> None:
    with pytest.raises(UnreadableDocument, match="没有网页"):
        read_bytes(MIME.format("Content-Type: image/png\r\n\r\nx").encode(), "a.mht")


def test_huge_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "_LARGEST", 10)

    with pytest.raises(UnreadableDocument, match="64 MB"):
        page("<p>收入</p>")


def test_entities_do_not_grow() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "收入收入收入"><!ENTITY b "&a;&a;">]><html><p>合计&b;&b;</p>'

    assert "收入收入" not in read_bytes(bomb.encode(), "a.html").text.splitlines()[-1]
