"""Reports of a whole government: levels, four budgets, two years, sums that end in a total."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from validator.engine.pack_sources import rules_folder
from validator.extract import understand
from validator.extract.levels import Levels
from validator.extract.lexicon import load_lexicon
from validator.facts import ReportKind, Tier
from validator.readers import read_bytes

if TYPE_CHECKING:
    from validator.claims import Claim
    from validator.reading import Reading

LEXICON = load_lexicon(rules_folder() / "lexicon")
TITLE = "关于岚川市2023年预算执行情况和2024年预算草案的报告\n"
FIRST, SECOND = "一、2023年预算执行情况\n", "二、2024年预算草案\n"


def read(text: str, title: str = TITLE) -> Reading:
    return understand(read_bytes(f"{title}{text}\n".encode(), "t.txt"), LEXICON)


def facts(text: str, title: str = TITLE) -> list[tuple[str, int, str, str, str, str]]:
    """Item, year, level, stage, budget and print of each amount."""
    found = []
    for fact in read(text, title).facts:
        key, quantity = fact.key, fact.figure.quantity
        if key.measure == "money":
            place = (key.item, key.year, key.level, key.basis.value, key.scope.value)
            found.append((*place, str(quantity.number)))
    return found


TITLES = [
    ("关于岚川市2023年预算执行情况和2024年预算草案的报告", 2023, 2024),
    ("岚川市2023年财政预算执行情况及2024年财政预算（草案）的报告", 2023, 2024),
    ("关于2023年全区预算执行情况与2024年全区预算草案的报告", 2023, 2024),
    ("关于青禾县2024年上半年预算执行情况的报告", 2024, 0),
    ("关于青禾县2022年财政决算草案的报告", 2022, 0),
]


@pytest.mark.parametrize(("title", "year", "draft"), TITLES, ids=[t[0] for t in TITLES])
def test_title_tells_kind_and_years(title: str, year: int, draft: int) -> None:
    reading = read("2023年全市一般公共预算收入50.00亿元，2025年展望。", f"{title}\n")

    assert (reading.kind, reading.year, reading.draft) == (
        ReportKind.EXECUTION_REPORT,
        year,
        draft,
    )


@pytest.mark.parametrize(
    "title",
    [
        "云岭县水务局2023年部门预算执行情况和绩效自评报告",
        "云岭县水务局2023年度部门决算",
        "云岭县水务局2024年部门预算",
    ],
)
def test_reports_of_departments_are_not_of_a_government(title: str) -> None:
    assert read("2023年收入总计50.00万元。", f"{title}\n").kind != ReportKind.EXECUTION_REPORT


LEVELS = [
    ("关于岚川市2023年预算的报告", "全市", Tier.WHOLE),
    ("关于岚川市2023年预算的报告", "市本级", Tier.OWN),
    ("关于岚川市2023年预算的报告", "市级", Tier.OWN),
    ("关于岚川市2023年预算的报告", "县（市、区）级", Tier.BELOW),
    ("关于岚川市2023年预算的报告", "区级", Tier.BELOW),
    ("关于岚川市2023年预算的报告", "省级", Tier.UNKNOWN),
    ("关于青禾县2023年预算的报告", "县级", Tier.OWN),
    ("关于青禾县2023年预算的报告", "市级", Tier.UNKNOWN),
    ("关于清源省2023年预算的报告", "市县级", Tier.BELOW),
]


@pytest.mark.parametrize(
    ("title", "word", "tier"), LEVELS, ids=[f"{t}-{w}" for t, w, _ in LEVELS]
)
def test_level_is_seen_from_the_reporting_government(title: str, word: str, tier: Tier) -> None:
    assert Levels(LEXICON.levels, [title]).tier(word) is tier


SPLITS = [
    ("全市一般公共预算收入", ("全市", "一般公共预算收入")),
    ("省财政厅核定我市政府债务限额", ("全市", "政府债务限额")),
    ("岚川市政府债务余额", ("全市", "政府债务余额")),
    ("转移支付及县区上解收入", ("", "转移支付及县区上解收入")),
    ("全市场主体纳税", ("", "全市场主体纳税")),
    ("一般公共预算收入", ("", "一般公共预算收入")),
]


@pytest.mark.parametrize(("label", "split"), SPLITS, ids=[s[0] for s in SPLITS])
def test_level_is_cut_from_a_label(label: str, split: tuple[str, str]) -> None:
    levels = Levels(LEXICON.levels, ["关于岚川市2023年预算执行情况的报告"])

    assert levels.split(label, lambda words: LEXICON.find(words) is not None) == split


COORDINATES = [
    pytest.param(
        f"{FIRST}全市一般公共预算收入50.00亿元，市本级一般公共预算收入20.00亿元。",
        [
            ("general_revenue", 2023, "全市", "actual", "general", "50.00"),
            ("general_revenue", 2023, "市本级", "actual", "general", "20.00"),
        ],
        id="levels in labels",
    ),
    pytest.param(
        f"{FIRST}（二）市本级\n1.政府性基金预算。收入9.00亿元。\n支出总计8.00亿元。",
        [
            ("收入", 2023, "市本级", "actual", "fund", "9.00"),
            ("total_expenditure", 2023, "市本级", "actual", "fund", "8.00"),
        ],
        id="a heading and a numbered paragraph",
    ),
    pytest.param(
        f"{SECOND}全市一般公共预算收入安排53.00亿元，比2023年执行数50.00亿元增长6%。",
        [("general_revenue", 2024, "全市", "budget", "general", "53.00")],
        id="the draft of the next year",
    ),
    pytest.param(
        f"{FIRST}全市一般公共预算收入完成50.00亿元，为预算48.00亿元的104.2%。",
        [
            ("general_revenue", 2023, "全市", "actual", "general", "50.00"),
            ("general_revenue", 2023, "全市", "budget", "general", "48.00"),
        ],
        id="the budget that it is compared with",
    ),
    pytest.param(
        f"{FIRST}年初预算安排，全市一般公共预算收入48.00亿元，加上年结转2.00亿元，收入总计50.00亿元。",
        [
            ("general_revenue", 2023, "全市", "original_budget", "general", "48.00"),
            ("opening", 2023, "全市", "original_budget", "general", "2.00"),
            ("total_revenue", 2023, "全市", "original_budget", "general", "50.00"),
        ],
        id="what was budgeted at first",
    ),
    pytest.param(
        f"{FIRST}全市一般公共预算收入50.00亿元，其中：市本级收入20.00亿元；县区级收入30.00亿元。税收收入35.00亿元。",
        [
            ("general_revenue", 2023, "全市", "actual", "general", "50.00"),
            ("general_revenue", 2023, "市本级", "actual", "general", "20.00"),
            ("general_revenue", 2023, "县区级", "actual", "general", "30.00"),
            ("tax_revenue", 2023, "全市", "actual", "general", "35.00"),
        ],
        id="a list of levels does not go on behind it",
    ),
    pytest.param(
        f"{FIRST}市本级一般公共预算收入20.00亿元，占全市的40%。税收收入12.00亿元。",
        [
            ("general_revenue", 2023, "市本级", "actual", "general", "20.00"),
            ("tax_revenue", 2023, "市本级", "actual", "general", "12.00"),
        ],
        id="what a share is of is no level",
    ),
    pytest.param(
        f"{FIRST}全市社会保险基金收入96.37亿元，支出84.52亿元，当年收支结余11.85亿元。",
        [
            ("social_revenue", 2023, "全市", "actual", "social", "96.37"),
            ("social_expenditure", 2023, "全市", "actual", "social", "84.52"),
            ("surplus", 2023, "全市", "actual", "social", "11.85"),
        ],
        id="支出 of the fund before",
    ),
    pytest.param(
        f"{FIRST}1-11月，全市一般公共预算收入45.00亿元。",
        [("general_revenue（1-11月）", 2023, "全市", "actual", "general", "45.00")],
        id="a part of the year",
    ),
    pytest.param(
        f"{FIRST}全市一般公共预算收入50.00亿元，加上转移性收入30.00亿元，收入合计80.00亿元。",
        [
            ("general_revenue", 2023, "全市", "actual", "general", "50.00"),
            ("transfers_received", 2023, "全市", "actual", "general", "30.00"),
            ("total_revenue", 2023, "全市", "actual", "general", "80.00"),
        ],
        id="收入合计 behind 加 is a total",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), COORDINATES)
def test_amounts_have_their_coordinates(
    text: str, wanted: list[tuple[str, int, str, str, str, str]]
) -> None:
    assert facts(text) == wanted


def bound(claims: tuple[Claim, ...], kind: str) -> list[dict[str, list[str]]]:
    """Every candidate of each slot: signed prints joined by blanks."""
    return [
        {
            name: [
                " ".join(
                    f"{'-' if t.sign < 0 else ''}{t.figure.quantity.number}" for t in terms
                )
                for terms in operand.candidates
            ]
            for name, operand in claim.slots.items()
        }
        for claim in claims
        if claim.kind.value == kind
    ]


FLOWS = [
    (
        "全市一般公共预算收入50.00亿元，加上级补助收入30.00亿元、上年结转5.00亿元，收入总计85.00亿元。",
        [{"total": ["85.00"], "parts": ["50.00 30.00 5.00"]}],
    ),
    (
        "全市一般公共预算收入50.00亿元，其中：税收收入35.00亿元，非税收入15.00亿元。加：转移性收入30.00亿元，收入总量80.00亿元。",
        [{"total": ["80.00"], "parts": ["50.00 30.00"]}],
    ),
    (
        "全市政府性基金收入9.00亿元，加上上级补助收入、上年结转等4.00亿元，收入总计13.00亿元。",
        [{"total": ["13.00"], "parts": ["9.00 4.00"]}],
    ),
    (
        "全市一般公共预算支出40.00亿元，加上解上级支出3.00亿元、债务还本支出2.00亿元，支出总计45.00亿元。",
        [{"total": ["45.00"], "parts": ["40.00 3.00 2.00"]}],
    ),
    (
        "全市政府性基金支出40.00亿元，专项债务还本支出3.00亿元，调出资金2.00亿元，支出合计45.00亿元。",
        [{"total": ["45.00"], "parts": ["40.00 3.00 2.00"]}],
    ),
    (
        "全市一般公共预算收入总计50.00亿元，支出总计45.00亿元。收支相抵，结转下年5.00亿元。",
        [{"total": ["50.00"], "parts": ["45.00 5.00"]}],
    ),
    ("全市一般公共预算收入50.00亿元，加快建设项目30.00亿元，收入总计85.00亿元。", []),
    ("全市一般公共预算收入50.00亿元。减税降费3.00亿元，收入总计85.00亿元。", []),
]


@pytest.mark.parametrize(("text", "wanted"), FLOWS, ids=[text[:24] for text, _ in FLOWS])
def test_sums_lead_to_their_totals(text: str, wanted: list[dict[str, list[str]]]) -> None:
    assert bound(read(FIRST + text).claims, "flow") == wanted


def test_totals_of_different_levels_or_budgets_are_not_balanced() -> None:
    reading = read(
        f"{FIRST}全市一般公共预算收入总计50.00亿元，市本级一般公共预算支出总计20.00亿元。\n"
        "全市政府性基金收入总计9.00亿元，全市一般公共预算支出总计50.00亿元。"
    )

    assert bound(reading.claims, "balance") == [{"left": ["50.00"], "right": ["50.00"]}]


def test_rates_are_of_the_years_that_the_heads_name() -> None:
    reading = read(
        "附表1　2023年全市一般公共预算收入执行情况表\n单位：亿元\n"
        "项目\t2022年执行数\t2023年预算数\t2023年执行数\t为预算%\t比上年增长%\t为上年%\t2024年预算数\n"
        "一、税收收入\t30.00\t34.00\t35.00\t102.9\t16.7\t116.7\t36.00\n"
        "二、非税收入\t14.00\t14.00\t15.00\t107.1\t7.1\t107.1\t15.00\n"
        "一般公共预算收入合计\t44.00\t48.00\t50.00\t104.2\t13.6\t113.6\t51.00"
    )

    assert bound(reading.claims, "execution")[0] == {
        "budget": ["34.00"],
        "executed": ["35.00"],
        "rate": ["102.9"],
    }
    assert bound(reading.claims, "period_change")[0] == {
        "current": ["35.00"],
        "prior": ["30.00"],
        "rate": ["16.7"],
        "ratio": ["116.7"],
    }


FAR = [
    (f"{FIRST}全市一般公共预算收入50.00亿元。\n{SECOND}全市一般公共预算收入安排53.00亿元，增长6%。", ["50.00"]),
    (f"{FIRST}市本级一般公共预算收入50.00亿元。\n{SECOND}全市一般公共预算收入安排53.00亿元，增长6%。", []),
    (f"{FIRST}全市一般公共预算收入50.00亿元。\n{SECOND}全市一般公共预算收入安排53.00亿元，同口径增长6%。", []),
    (f"{FIRST}全市政府性基金收入50.00亿元。\n{SECOND}全市一般公共预算收入安排53.00亿元，增长6%。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "priors"), FAR)
def test_last_year_is_found_in_the_other_half(text: str, priors: list[str]) -> None:
    found = bound(read(text).claims, "change")

    assert [one.get("prior", []) for one in found] == [priors]


def test_lists_that_name_only_some_are_not_closed() -> None:
    text = (
        f"{FIRST}全市一般公共预算支出50.00亿元，其中：教育支出10.00亿元，农林水支出8.00亿元。"
    )

    (claim,) = [c for c in read(text).claims if c.kind.value == "decomposition"]

    assert (claim.words["closed"], claim.words["partial"]) == (Decimal(0), Decimal(1))
