"""Self-assessment forms of several layouts are read alike as text and as Word."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from self_assessments import CENTRAL, CITY, CORE, FORMS, LEVELS, SICHUAN, TASKS, WHOLE, YUNNAN

from validator import check
from validator.choosing import choose_rules
from validator.extract.assessments.grades import Scale
from validator.findings import Verdict
from validator.statements import ColumnKind

if TYPE_CHECKING:
    from self_assessments import Form

    from validator.findings import Report

HEAD = "青溪县生态环境局2023年度部门决算\n"
WAYS = ("piped", "tabbed", "word")
HOLDS = (Verdict.CONSISTENT, Verdict.CONSISTENT_BY_ROUNDING)


RULES, _ = choose_rules(preview=True)


def report(form: Form, way: str) -> Report:
    """What is found in a form that was written one way, by rules on trial too."""
    if way == "word":
        return check(form.word(), name="表.docx", ruleset=RULES, year=2023)
    text = form.piped() if way == "piped" else form.tabbed()
    return check(f"{HEAD}{text}".encode(), name="表.txt", ruleset=RULES, year=2023)


def held(one: Report) -> Counter[tuple[str, tuple[str, ...]]]:
    """Comparisons of forms that hold, by rule and figures."""
    assert one.document is not None
    quote = one.document.quote
    return Counter(
        (e.rule, tuple(quote(x.span).strip() for x in e.evidence))
        for e in one.evaluations
        if e.verdict in HOLDS and e.rule[:3] in ("SCR", "TBL")
    )


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", FORMS)
def test_true_form_is_not_accused(name: str, way: str) -> None:
    found = [(f.rule, f.message) for f in report(FORMS[name], way).findings]

    assert found == []


@pytest.mark.parametrize("name", FORMS)
def test_layouts_are_compared_alike_whatever_the_format(name: str) -> None:
    first, *others = (held(report(FORMS[name], way)) for way in WAYS)

    assert sum(first.values()) > 2
    assert others == [first, first]


PLANTED = {
    "execution rate": (CENTRAL.put((3, 7, "93.00%"), (3, 8, "9.3")), "TBL008"),
    "sources of funds": (CENTRAL.put((4, 4, "80.00")), "SCR006"),
    "sources left blank": (SICHUAN.put((4, 6, "85.00")), "SCR007"),
    "execution score": (CENTRAL.put((3, 8, "8.0"), (16, 7, "97")), "SCR009"),
    "execution score by the heading": (CITY.put((2, 6, "17"), (7, 1, "97")), "SCR009"),
    "score above weight": (CENTRAL.put((10, 7, "21"), (16, 7, "99.5")), "SCR001"),
    "weight of a class": (CENTRAL.put((10, 6, "25"), (13, 6, "10"), (13, 7, "10")), "SCR002"),
    "weight of a level": (LEVELS.put((2, 5, "6"), (3, 5, "10")), "SCR002"),
    "total of scores": (YUNNAN.put((14, 8, "99.50")), "SCR003"),
    "total of scores without weights": (CITY.put((7, 1, "96")), "SCR003"),
    "spread of weight": (CORE.put((7, 6, "10"), (7, 7, "10"), (8, 6, "30"), (8, 7, "30")), "SCR013"),
    "basic and project spending": (WHOLE.put((5, 6, "305.00")), "SCR008"),
    "total of tasks": (TASKS.put((5, 3, "170.00")), "TBL001"),
    "sources of a task": (TASKS.put((3, 4, "80.00")), "TBL002"),
    "missed target with full score": (YUNNAN.put((10, 6, "91")), "SCR004"),
    "total cost": (CORE.put((7, 5, "92万元")), "SCR023"),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("mistake", PLANTED)
def test_planted_mistake_is_found(mistake: str, way: str) -> None:
    form, rule = PLANTED[mistake]
    found = {r for f in report(form, way).findings for r in (f.rule, *f.consequences)}

    assert rule in found


PIECE = """\
| | 动态管理（10分） | 支出控制 | 4 | 偏差在一成以内得满分 | √ | 4 |
| | | 执行进度 | 6 | 按进度计分 | √ | 5.5 |
| 资产管理（15分） | 基础管理（15分） | 管理制度 | 5 | 有制度得满分 | √ | 5 |
| | | 资产处置 | 10 | 按规定处置得满分 | √ | 9 |
| | | | | | 合计 | 88.5 |"""


def piece(text: str) -> Report:
    """A table without a header, in a report of its own."""
    return check(f"{HEAD}{text}".encode(), name="表.txt", year=2023)


def test_table_of_points_without_a_header_is_read_by_its_numbers() -> None:
    found = piece(PIECE)
    assert found.reading is not None
    (statement,) = found.reading.statements
    (lane,) = statement.bands[0].lanes

    assert [c.index for c in lane.of_kind(ColumnKind.WEIGHT, ColumnKind.SCORE)] == [3, 6]
    assert found.findings == ()
    classes = sum(n for (rule, _), n in held(found).items() if rule == "SCR002")
    assert classes == len(("动态管理", "资产管理", "基础管理"))


def test_total_of_a_piece_is_not_that_of_the_piece() -> None:
    """Rows above it got lost, so that nothing can be said of their sum."""
    assert not any(e.rule == "SCR003" for e in piece(PIECE).evaluations)


def test_points_that_do_not_add_up_are_no_table_of_points() -> None:
    found = piece(PIECE.replace("（10分）", "（12分）"))
    assert found.reading is not None

    assert found.reading.statements == ()
    assert found.findings == ()


@pytest.mark.parametrize(
    ("text", "grade", "bounds"),
    [
        ("各项指标完成较好。", "优", (90, 100)),
        ("各项指标完成较好。", "中", (60, 80)),
        ("85分（含）以上为优，70（含）—85分为良，70分以下为差。", "优", (85, 100)),
        ("85分（含）以上为优，70（含）—85分为良，70分以下为差。", "良", (70, 85)),
        ("85分（含）以上为优，70（含）—85分为良，70分以下为差。", "中", None),
        ("30人以上集中培训，80分以上给予奖励。", "良", (80, 90)),
    ],
)
def test_scale_of_grades(text: str, grade: str, bounds: tuple[int, int] | None) -> None:
    found = Scale(text, ("优", "良", "中", "差")).bounds(grade)

    assert found == (None if bounds is None else tuple(map(Decimal, bounds)))
