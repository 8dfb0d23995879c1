"""Fingerprints survive other formats, insertions and renumbering, and no change of the figures.

Run over the broken examples and over generated reports with planted errors; what is not kept
is shown with its share.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from office_files import save_as

from examples.make_docx import build
from validator.bench.grounds import clean
from validator.bench.plants import plants
from validator.bench.reports import KINDS, STYLES, generate
from validator.bench.slips import Slip
from validator.findings import Evaluation, Finding, Report, Status, Verdict
from validator.run import check, check_many, shipped_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from office_files import Converted

    from validator.document import Span
    from validator.edits import Edit
    from validator.facts import ReportKind

BROKEN = Path(__file__).parents[2] / "examples" / "broken"
EXAMPLES = ("budget", "execution_report", "final_accounts", "performance")
GENERATED = [f"{kind}-{style}" for kind in KINDS for style in STYLES]
HALF = [name for at, name in enumerate(GENERATED) if (at + at // len(STYLES)) % 2]
"""Every kind and every style, where each report takes long."""
ENOUGH = 0.95
ERRORS = 4
APART = 3
"""Lines between two planted errors."""
NEW = (
    "（本段为补充说明。）",
    "全年开展义务植树活动3次，栽植苗木1260株，参与职工145人次。",
    "本单位高度重视档案规范化工作，及时完成各项归档任务。",
    "另有节能宣传展板12块，循环使用8块。",
)
NUMERALS = "一二三四五六七八九十"


def checked(data: bytes, name: str) -> Report:
    report = check(data, name=name, ruleset=shipped_rules())
    assert report.status is Status.CHECKED, report.error
    return report


def checked_text(text: str) -> Report:
    return checked(text.encode(), "t.txt")


@cache
def text_of(name: str) -> str:
    if name in EXAMPLES:
        return (BROKEN / f"{name}.txt").read_text(encoding="utf-8")
    at = GENERATED.index(name)
    return planted(101 + at, KINDS[at // len(STYLES)], STYLES[at % len(STYLES)])


@cache
def found_in(name: str) -> Report:
    return checked_text(text_of(name))


def planted(seed: int, kind: ReportKind, style: str) -> str:
    """A generated report with errors of several kinds, lines apart."""
    report, chance = generate(seed, kind, style), random.Random(seed)  # noqa: S311 - which errors
    ground = clean(report, shipped_rules()).ground
    slips = [slip for slip in Slip if not slip.honest]
    edits: list[Edit] = []
    lines: list[int] = []
    for slip in chance.sample(slips, len(slips)):
        if len(edits) == ERRORS or not (every := plants(ground, slip, seed)):
            continue
        edit = chance.choice(every).edit
        line = report.text.count("\n", 0, edit.span.start)
        if all(abs(line - other) >= APART for other in lines):
            edits.append(edit)
            lines.append(line)
    text = report.text
    for edit in sorted(edits, key=lambda one: one.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def prints(*reports: Report) -> Counter[str]:
    return Counter(finding.fingerprint for report in reports for finding in report.findings)


class Shares:
    """How many fingerprints were kept, and which were not."""

    def __init__(self) -> None:
        self.every = 0
        self.lost: list[str] = []

    def add(self, name: str, findings: Iterable[Finding], left: Counter[str]) -> None:
        left = left.copy()
        for finding in findings:
            self.every += 1
            if left[finding.fingerprint] == 0:
                self.lost.append(f"{name} {finding.rule} {finding.message}")
            left[finding.fingerprint] -= 1

    def __str__(self) -> str:
        kept = self.every - len(self.lost)
        return "\n".join([f"kept {kept} of {self.every}: {self.share:.1%}", *self.lost])

    @property
    def share(self) -> float:
        return 1 - len(self.lost) / self.every


def kept(names: Sequence[str], change: Callable[[str], Report]) -> Shares:
    shares = Shares()
    for name in names:
        shares.add(name, found_in(name).findings, prints(change(name)))
    return shares


def inserted(text: str) -> str:
    """The text with paragraphs of words and of figures in several places."""
    lines = text.split("\n")
    ends = [at for at, line in enumerate(lines) if line.endswith("。") and "\t" not in line]
    chosen = [ends[len(ends) * part // 5] for part in range(5)]
    for count, at in enumerate(sorted(chosen, reverse=True)):
        lines.insert(at + 1 - count % 2, NEW[count % len(NEW)])
    lines.insert(1, NEW[0])
    return "\n".join(lines)


def renumbered(text: str) -> str:
    """The text with every heading one up, 二、 for 一、, and （1） for 1."""

    def up(match: re.Match[str]) -> str:
        return match[1] + next_numeral(match[2]) + match[3]

    text = re.sub(rf"(?m)^(（?)([{NUMERALS}]{{1,3}})([、）])", up, text)
    return re.sub(r"(?m)^(\d{1,2})[.．](?!\d)", r"（\1）", text)


def next_numeral(numeral: str) -> str:
    tens, ten, ones = numeral.rpartition("十")
    value = (NUMERALS.find(tens) + 1 if tens else 1) * 10 if ten else 0
    value += NUMERALS.find(ones) + 2 if ones else 1
    tens, ones = "", NUMERALS[value % 10 - 1] if value % 10 else ""
    if value >= 10:
        tens = ("" if value < 20 else NUMERALS[value // 10 - 1]) + "十"
    return tens + ones


def told_by(report: Report, finding: Finding) -> Evaluation | None:
    """The comparison that a finding tells."""
    places = [one.span for one in finding.evidence]
    for computation in (finding.computation, ""):
        for one in report.evaluations:
            failed = one.verdict is Verdict.INCONSISTENT or one.truncated
            inside = all(any(e.span.overlaps(p) for p in places) for e in one.evidence)
            alike = one.rule == finding.rule and one.computation == computation
            if failed and inside and alike:
                return one
    return None


def figures_of(report: Report, finding: Finding) -> list[Span]:
    """Places of the figures of the comparison that a finding tells."""
    told = told_by(report, finding)
    assert told is not None, finding.message
    assert report.reading is not None
    shown = [e.span for e in told.evidence if e.value is not None]
    others = [report.reading.figures[at].span for at in told.figures]
    return [*shown, *(one for one in others if not any(one.overlaps(s) for s in shown))]


def with_other_digits(text: str, spans: Iterable[Span]) -> str:
    """The text with another last digit in some figures."""
    for span in spans:
        at = max(k for k in range(span.start, span.end) if text[k].isdecimal())
        text = f"{text[:at]}{(int(text[at]) + 3) % 10}{text[at + 1 :]}"
    return text


def test_inserted_paragraphs_keep_fingerprints() -> None:
    names = [*EXAMPLES, *GENERATED]
    shares = kept(names, lambda name: checked_text(inserted(text_of(name))))

    assert shares.share >= ENOUGH, str(shares)


def test_renumbered_headings_keep_fingerprints() -> None:
    names = [*EXAMPLES, *GENERATED]
    shares = kept(names, lambda name: checked_text(renumbered(text_of(name))))

    assert shares.share >= ENOUGH, str(shares)


def test_text_and_word_have_the_same_fingerprints() -> None:
    names = [*EXAMPLES, *GENERATED]
    shares = kept(names, lambda name: checked(build(text_of(name)), "t.docx"))

    assert shares.share >= ENOUGH, str(shares)


def test_word_and_its_print_have_the_same_fingerprints(tmp_path: Path) -> None:
    files = {name: tmp_path / f"{name}.docx" for name in (*EXAMPLES, *HALF)}
    for name, file in files.items():
        file.write_bytes(build(text_of(name)))
    printed = save_as("pdf", [*files.values()], tmp_path)

    shares = kept([*files], lambda name: checked(printed[files[name]].read_bytes(), "t.pdf"))

    assert shares.share >= ENOUGH, str(shares)


def test_word_and_its_web_page_have_the_same_fingerprints(converted: Converted) -> None:
    pages = {
        file.stem: page for file, page in converted("html").items() if "broken" in file.parts
    }
    shares = kept(EXAMPLES, lambda name: checked(pages[name].read_bytes(), "t.html"))

    assert shares.share >= ENOUGH, str(shares)


def test_a_pair_of_files_keeps_fingerprints_across_both(tmp_path: Path) -> None:
    tables = BROKEN / "final_accounts_tables.xlsx"
    before = list(check_many([BROKEN / "final_accounts.docx", tables]))
    word = tmp_path / "final_accounts.docx"
    word.write_bytes(build(inserted(text_of("final_accounts"))))
    table = tmp_path / tables.name
    table.write_bytes(tables.read_bytes())

    after = list(check_many([word, table]))

    across = [f for one in before for f in one.findings if any(e.document for e in f.evidence)]
    assert across != []
    assert prints(*after) == prints(*before)


def test_every_figure_of_a_finding_counts() -> None:
    same, changes = [], 0
    for name in (*EXAMPLES, *HALF):
        before = found_in(name)
        told = [(f, figures_of(before, f)) for f in before.findings]
        # In each round another figure of every finding changes.
        for at in range(max(len(spans) for _, spans in told)):
            changed = [(f, spans[at]) for f, spans in told if at < len(spans)]
            after = checked_text(with_other_digits(text_of(name), {s for _, s in changed}))
            same += [f"{name} {f.rule} {f.message}" for f, s in changed if stays(after, f, s)]
            changes += len(changed)

    assert same == [], f"{len(same)} of {changes} changes left the fingerprint"


def stays(report: Report, finding: Finding, span: Span) -> bool:
    """Whether a report has a finding with the same fingerprint that tells of a place.

    Where the figure that was changed is printed elsewhere too, the finding may tell of that.
    """
    alike = (f for f in report.findings if f.fingerprint == finding.fingerprint)
    return any(one.overlaps(span) for f in alike for one in figures_of(report, f))


@pytest.mark.parametrize("name", EXAMPLES)
def test_figures_beside_a_finding_do_not_count(name: str) -> None:
    text, before = text_of(name), found_in(name)
    shares = Shares()
    for finding in before.findings:
        if (span := unconcerned(before, finding)) is not None:
            after = checked_text(with_other_digits(text, [span]))
            if any(f.rule == finding.rule for f in after.findings):
                shares.add(text[span.start : span.end], [finding], prints(after))

    assert shares.every > len(before.findings) / 2
    assert shares.share >= ENOUGH, str(shares)


def unconcerned(report: Report, finding: Finding) -> Span | None:
    """The nearest figure that is in no failed comparison and in none with the finding's."""
    assert report.reading is not None
    figures = report.reading.figures
    own = {f.id for f in figures if any(e.span.overlaps(f.span) for e in finding.evidence)}
    taken = own | {
        at
        for one in report.evaluations
        if one.verdict is Verdict.INCONSISTENT or own & {*one.figures}
        for at in one.figures
    }
    place = finding.evidence[0].span.start
    free = [f.span for f in figures if f.id not in taken and not f.ignored]
    return min(free, key=lambda span: abs(span.start - place), default=None)
