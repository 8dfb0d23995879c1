"""How long the page takes: ``PYTHONPATH=.:tests/making python tests/bench/page.py``.

Two reports are made of an example by repeating it: one of 60 KB with some 400 figures, and one of
300 pages with 5,000 findings. Measured are the rendering, the loading in a browser until it has
painted, and what a click on a finding and on a figure take until the next frame.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from browser import opened

from validator import check
from validator.document import Span
from validator.reporters import rendered
from validator.reporters.base import Look, Run
from validator.reporters.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.findings import Evidence, Report

EXAMPLE = Path(__file__).parents[2] / "examples" / "broken" / "final_accounts.docx"
CLICK = """(wanted) => new Promise((done) => {
  const element = document.querySelectorAll(wanted)[3];
  element.scrollIntoView({ block: "center", behavior: "auto" });
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const start = performance.now();
    element.click();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
  }));
})"""
LOAD = """() => new Promise((done) => {
  const told = () => requestAnimationFrame(() => setTimeout(() => done({
    loaded: performance.getEntriesByType("navigation")[0].loadEventEnd,
    painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1,
    ready: performance.now(),
  })));
  if (document.readyState === "complete") told(); else addEventListener("load", told);
})"""


def repeated(report: Report, times: int, findings: int = 0) -> Report:
    """The report written so many times one after the other.

    Args:
        report: An example.
        times: How often.
        findings: At least so many findings, the same ones several times; 0 for its own.
    """
    document, reading = report.document, report.reading
    assert document is not None
    assert reading is not None
    size, lines = len(document.text) + 1, document.text.count("\n") + 1
    figures, sections = len(reading.figures), len(reading.sections)
    copies = range(times)
    made = replace(
        document,
        text="\n".join([document.text] * times),
        blocks=tuple(
            replace(
                one, index=one.index + k * len(document.blocks), span=moved(one.span, k * size),
                line=one.line + k * lines,
            )
            for k in copies
            for one in document.blocks
        ),
        _line_starts=(),
    )  # fmt: skip
    more = max(1, -(-findings // (len(report.findings) * times)))
    return replace(
        report,
        document=made,
        reading=replace(
            reading,
            figures=tuple(
                replace(
                    one, id=one.id + k * figures, span=moved(one.span, k * size),
                    section=one.section + k * sections,
                )
                for k in copies
                for one in reading.figures
            ),
            sections=tuple(
                replace(one, index=one.index + k * sections, span=moved(one.span, k * size))
                for k in copies
                for one in reading.sections
            ),
        ),
        states=report.states * times,
        coverage=replace(report.coverage, sections=report.coverage.sections * times),
        findings=tuple(
            replace(
                one, evidence=tuple(shifted(one.evidence, k * size)),
                repairs=tuple(
                    replace(fix, span=moved(fix.span, k * size)) for fix in one.repairs
                ),
            )
            for k in copies
            for one in report.findings
            for _ in range(more)
        ),
        evaluations=tuple(
            replace(
                one, evidence=tuple(shifted(one.evidence, k * size)),
                figures=tuple(at + k * figures for at in one.figures),
            )
            for k in copies
            for one in report.evaluations
        ),
    )  # fmt: skip


def moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def shifted(evidence: tuple[Evidence, ...], by: int) -> Iterator[Evidence]:
    return (replace(one, span=moved(one.span, by)) for one in evidence)


def measured(name: str, report: Report, folder: Path) -> None:
    """Print what a report takes."""
    start, busy = perf_counter(), process_time()
    text = rendered("html", [report], Run(summarise([report]), "sha256:0"), Look())
    made, worked = perf_counter() - start, process_time() - busy
    path = folder / f"{name}.html"
    path.write_text(text, encoding="utf-8")
    assert report.document is not None
    assert report.reading is not None
    print(  # noqa: T201
        f"{name}: {len(report.document.text)} characters, {len(report.reading.figures)} figures, "
        f"{len(report.findings)} findings, {len(report.evaluations)} comparisons; "
        f"page {len(text.encode()) / 1e6:.1f} MB, rendered in {made:.2f} s "
        f"({worked:.2f} s of the processor)"
    )
    with opened() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(path.as_uri(), wait_until="commit")
        load: Any = page.evaluate(LOAD)
        print("  browser: " + ", ".join(f"{k} {v:.0f} ms" for k, v in load.items()))  # noqa: T201
        for wanted in (".g-text .g-pick", ".g-text .f.bad[data-f]", ".g-text .f.ok[data-f]"):
            taken = [page.evaluate(CLICK, wanted) for _ in range(3)]
            print(f"  click {wanted}: " + ", ".join(f"{one:.0f} ms" for one in taken))  # noqa: T201
        page.keyboard.press("Escape")
        start = perf_counter()
        page.evaluate("() => document.querySelector('input[name=only]').click()")
        page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
        )
        print(f"  filter: {(perf_counter() - start) * 1000:.0f} ms")  # noqa: T201


def main() -> None:
    """Measure."""
    one = check(EXAMPLE)
    with tempfile.TemporaryDirectory() as folder:
        measured("60 KB", repeated(one, 4), Path(folder))
        measured("300 pages", repeated(one, 45, 5000), Path(folder))


if __name__ == "__main__":
    main()
