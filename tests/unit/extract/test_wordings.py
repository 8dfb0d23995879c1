"""Wordings of real reports, in our own sentences: which figures a claim binds."""

from __future__ import annotations

import pytest

from validator.engine.pack_sources import rules_folder
from validator.extract import understand
from validator.extract.lexicon import load_lexicon
from validator.readers import read_bytes

LEXICON = load_lexicon(rules_folder() / "lexicon")
Bound = dict[str, str]


def claims(text: str, kind: str) -> list[Bound]:
    """Best binding of each claim of a kind: slot to quotes joined by +."""
    document = read_bytes(text.encode(), "t.txt")
    return [
        {
            name: "+".join(document.quote(t.figure.span) for t in operand.candidates[0])
            for name, operand in sorted(claim.slots.items())
        }
        for claim in understand(document, LEXICON).claims
        if claim.kind.value == kind
    ]


CASES: list[tuple[str, str, list[Bound]]] = [
    (
        "收入总计500.00万元，由本年收入480.00万元（其中：财政拨款470.00万元）、年初结转和结余20.00万元两部分组成，增加9.00万元。",
        "decomposition",
        [{"parts": "480.00万元+20.00万元", "whole": "500.00万元"}],
    ),
    (
        "2023年收入总计500.00万元，支出总计500.00万元。",
        "balance",
        [{"left": "500.00万元", "right": "500.00万元"}],
    ),
    (
        "收入总计500.00万元（包括本年收入合计480.00万元，年初结转和结余20.00万元）。",
        "decomposition",
        [{"parts": "480.00万元+20.00万元", "whole": "500.00万元"}],
    ),
    (
        "基本支出90.00万元，其中：人员经费70.00万元，公用经费20.00万元。",
        "decomposition",
        [{"parts": "70.00万元+20.00万元", "whole": "90.00万元"}],
    ),
    (
        "货物、工程、服务分别为1.20、3.40和5.60万元，占比分别为11.76%、33.33%、54.90%。",
        "share",
        [
            {"part": "1.20", "share": "11.76%"},
            {"part": "3.40", "share": "33.33%"},
            {"part": "5.60万元", "share": "54.90%"},
        ],
    ),
    (
        "核定编制10人，其中：行政7人，工勤1人，事业2人，年末实有在职人员11人。",
        "decomposition",
        [{"parts": "7人+1人+2人", "whole": "10人"}],
    ),
    (
        "救助177户（渐退期7户）。其中：深度困难31户、相对困难146户。",
        "decomposition",
        [{"parts": "31户+146户", "whole": "177户"}],
    ),
    (
        "财政拨款支出80.00万元，占本年支出合计100.00万元的80%。",
        "share",
        [{"part": "80.00万元", "share": "80%", "whole": "100.00万元"}],
    ),
    (
        "公务接待费2.00万元，比2022年增加0.50万元，增长33.33%。",
        "change",
        [{"amount": "0.50万元", "current": "2.00万元", "rate": "33.33%"}],
    ),
    (
        "收入总计500.00万元，比上年480.00万元增加20.00万元，增长4.17%。",
        "change",
        [{"amount": "20.00万元", "current": "500.00万元", "prior": "480.00万元", "rate": "4.17%"}],
    ),
    (
        "与2022年480.00万元相比，收入总计500.00万元，增加20.00万元。",
        "change",
        [{"amount": "20.00万元", "current": "500.00万元", "prior": "480.00万元"}],
    ),
    (
        "本年末资产总额1.37万元，上年末7.50万元，比上年减少6.13万元，下降81.73%。",
        "change",
        [
            {
                "amount": "6.13万元", "current": "1.37万元", "prior": "7.50万元",
                "rate": "81.73%",
            }
        ],
    ),
    (
        "资产总额从年初的120.00万元增加到135.00万元，增加15.00万元。",
        "change",
        [{"amount": "15.00万元", "current": "135.00万元", "prior": "120.00万元"}],
    ),
    (
        "人员经费和公用经费各是300.00万元、50.00万元，比上年各减少10.00万元、5.00万元，各下降3.23%、9.09%。",
        "change",
        [
            {"amount": "10.00万元", "current": "300.00万元", "rate": "3.23%"},
            {"amount": "5.00万元", "current": "50.00万元", "rate": "9.09%"},
        ],
    ),
    (
        "会议费12.00万元，比上年增1.00万元，长9.09%。",
        "change",
        [{"amount": "1.00万元", "current": "12.00万元", "rate": "9.09%"}],
    ),
    (
        "支出总计190.00亿元，比上年增幅5.56%，增加10.00亿元。",
        "change",
        [{"amount": "10.00亿元", "current": "190.00亿元", "rate": "5.56%"}],
    ),
    (
        "项目资金由2,000万元调整为2,400万元，增加400万元，增长20%。",
        "change",
        [{"amount": "400万元", "current": "2,400万元", "prior": "2,000万元", "rate": "20%"}],
    ),
    (
        "三项支出合计30.00万元，分别是：会议费12.00万元，培训费18.00万元。",
        "decomposition",
        [{"parts": "12.00万元+18.00万元", "whole": "30.00万元"}],
    ),
    (
        "群众满意度由92%提高到96%，提高4个百分点。",
        "change",
        [{"current": "96%", "points": "4个百分点", "prior": "92%"}],
    ),
    (
        "公务接待费年初预算为1.50万元，支出决算为1.20万元，完成年初预算的80%。",
        "completion",
        [{"actual": "1.20万元", "budget": "1.50万元", "rate": "80%"}],
    ),
    (
        "支出1,910.00万元，为调整预算数2,000.00万元的95.5%。",
        "completion",
        [{"actual": "1,910.00万元", "budget": "2,000.00万元", "rate": "95.5%"}],
    ),
    (
        "“三公”经费预算10.00万元，决算6.50万元，其中：公务接待费1.50万元，完成预算的37.5%。",
        "completion",
        [{"actual": "1.50万元", "rate": "37.5%"}],
    ),
    (
        "2023年收入预算213.97万元，收入决算220.80万元，决算与预算相差6.83万元。",
        "difference",
        [{"difference": "6.83万元", "minuend": "220.80万元", "subtrahend": "213.97万元"}],
    ),
    (
        "项目总投资500.00万元，已支付320.00万元，剩余180.00万元。",
        "difference",
        [{"difference": "180.00万元", "minuend": "500.00万元", "subtrahend": "320.00万元"}],
    ),
    (
        "慰问295人，标准2100元/人，共61.95万元。",
        "product",
        [{"price": "2100元/人", "quantity": "295人", "total": "61.95万元"}],
    ),
    (
        "资助困难学生1250人，发放资助金156.25万元，人均1250元。",
        "product",
        [{"price": "1250元", "quantity": "1250人", "total": "156.25万元"}],
    ),
    (
        "收支总预算500.00万元，比2022年减少20.00万元，主要原因：一是专项经费减少25.00万元；二是人员经费增加5.00万元。",
        "bridge",
        [{"change": "20.00万元", "reasons": "25.00万元+5.00万元"}],
    ),
    (
        "2023年政府采购支出无。政府采购支出0.00万元。",
        "nil",
        [{"amount": "0.00万元"}],
    ),
    (
        "2023年培训职工，人均3.2万元、5人、共16.1万元。",
        "product",
        [{"price": "3.2万元", "quantity": "5人", "total": "16.1万元"}],
    ),
    (
        "接待86人次，公务接待费支出32500元，人均377.91元。",
        "product",
        [{"price": "377.91元", "quantity": "86人次", "total": "32500元"}],
    ),
    (
        "对困难家庭每户补助1200元，共发放50.40万元。",
        "apiece",
        [{"price": "1200元", "total": "50.40万元"}],
    ),
    (
        "公务用车运行维护费支出23.04万元，平均每辆3.84万元。",
        "apiece",
        [{"price": "3.84万元", "total": "23.04万元"}],
    ),
    ("对42户困难家庭每户补助1200元，共发放5.04万元。", "apiece", []),
    ("对困难家庭每户补助不超过1200元，共发放50.40万元。", "apiece", []),
    ("对困难家庭每户补助1200元，共发放50.40万元（含物资）。", "apiece", []),
    ("每场补助5000元，一般公共预算支出36.2万元。", "apiece", []),
    ("每户每月补助200元，共发放50.40万元。", "apiece", []),
    ("一般户每户500元，重点户每户1000元，共发放10.20万元。", "apiece", []),
    ("居民人均可支配收入12345元，公共预算支出23456元。", "apiece", []),
    ("公务接待费支出3.25万元，人均120元。", "apiece", []),
    (
        "共有职工30人，其中研究生占33.3%。",
        "count_share",
        [{"share": "33.3%", "whole": "30人"}],
    ),
    ("共有职工30人，其中研究生10人，占33.3%。", "count_share", []),
    ("共有职工30人，其中人员经费占33.3%。", "count_share", []),
    ("共有职工30人，党员占33.3%。", "count_share", []),
    ("全年实施项目30个，其中民生项目占33.3%。", "count_share", []),
    ("共有职工300人，其中研究生占33.3%。", "count_share", []),
    ("共有职工3.2万人，其中研究生占33.3%。", "count_share", []),
    ("共有职工30人，其中研究生占三成，满意率为93.5%。", "count_share", []),
    (
        "公务用车保有量40辆，比上年增长8.1%。",
        "count_growth",
        [{"current": "40辆", "rate": "8.1%"}],
    ),
    ("公务用车保有量40辆，比上年增加3辆，增长8.1%。", "count_growth", []),
    ("公务接待12批次、86人次，比上年下降15%。", "count_growth", []),
    ("公务接待12批次，公务接待费比上年下降15%。", "count_growth", []),
    ("公务用车由37辆增加到40辆，增长8.1%。", "count_growth", []),
    ("在职人员均值40人，比上年增长8.1%。", "count_growth", []),
    ("培训职工1200人次，比上年增长8.5%。", "count_growth", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "expected"), CASES, ids=[t[:24] for t, _, _ in CASES])
def test_claim_binds_its_figures(text: str, kind: str, expected: list[Bound]) -> None:
    assert sorted(claims(text, kind), key=str) == sorted(expected, key=str)


def test_outline_over_paragraphs_is_one_list() -> None:
    text = """2023年基本支出90.00万元，其中：
人员经费70.00万元，主要包括：基本工资40.00万元、津贴补贴30.00万元。
公用经费20.00万元，主要包括：办公费20.00万元等。
"""

    found = claims(text, "decomposition")

    assert {"parts": "70.00万元+20.00万元", "whole": "90.00万元"} in found
    assert {"parts": "40.00万元+30.00万元", "whole": "70.00万元"} in found


def test_a_share_with_a_named_base_elsewhere_is_bound_to_it() -> None:
    text = """三、支出决算情况说明
2023年本年支出合计500.00万元。
五、一般公共预算财政拨款支出决算情况说明
2023年一般公共预算财政拨款支出400.00万元，占本年支出合计的80%。
"""

    assert claims(text, "share") == [
        {"part": "400.00万元", "share": "80%", "whole": "500.00万元"}
    ]


def test_a_share_without_a_base_stays_unbound() -> None:
    assert claims("该项目支出400.00万元，占有关经费的80%。", "share") == [
        {"part": "400.00万元", "share": "80%"}
    ]
