"""How charts are drawn（画图）: inline SVG that needs no style sheet, script, or colour.

A bar stands under its own line of words, so that the picture can shrink to a telephone's
width. Everything takes the colour of the text around it: what is added is filled, what is
taken off is hatched, what is left open is hatched the other way in a broken frame. A style
sheet may colour the classes. No element has an id, so any number of charts fit on a page.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup

from validator.quantity import divide, plain, rounded
from validator.reporters.html.chart_data import Role, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.reporters.html.chart_data import Bar, Chart
    from validator.reporters.html.chart_words import ChartWords

ZERO, ONE = Decimal(0), Decimal(1)
WIDTH = 480
"""Width of every chart in its own units; the page scales it."""
ROW = 42
_EDGE = 4
_TOP = 4
_LINE = 15
_BAR_TOP = 21
_BAR = 14
_SIZE = 13
_NARROW = Decimal("0.66")
_GAP = 12
_AMOUNT = 240
_STEP = 6
_STUB = 4
_CENT = Decimal("0.01")
_NOTHING = Markup("")
_THINNEST = ONE
_DOTS = "…"

_FIGURE = Markup(
    '<figure class="chart chart-{shape}"><figcaption>{caption}{note}</figcaption>'
    '<svg role="img" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
    'font-size="{size}" fill="currentColor">'
    "<title>{caption}</title><desc>{desc}</desc>{body}</svg></figure>"
)
_NOTE = Markup(' <small class="chart-note">{}</small>')
_TEXT = Markup(
    '<text class="chart-text" x="{x}" y="{y}" fill="currentColor"{more}>{title}{words}</text>'
)
_TITLE = Markup("<title>{}</title>")
_RECT = Markup(
    '<rect class="{name}" x="{x}" y="{y}" width="{width}" height="{height}" '
    'fill="currentColor" {more}/>'
)
_HATCH = Markup(
    '<path class="chart-hatch" d="{d}" fill="none" stroke="currentColor" stroke-width="1"/>'
)
_LINE_OF = Markup(
    '<line class="chart-axis" x1="{x}" y1="{top}" x2="{x}" y2="{bottom}" '
    'stroke="currentColor" stroke-width="1"{more}/>'
)
_RIGHT = Markup(' text-anchor="end"')
_BOLD = Markup(' font-weight="bold"')
_FAINT = Markup(' stroke-opacity="0.6"')
_FULL = Markup('fill-opacity="0.8"')
_HALF = Markup('fill-opacity="0.4"')
_FRAME = Markup('fill-opacity="0.08" stroke="currentColor" stroke-width="1"')
_OPEN = Markup('fill-opacity="0" stroke="currentColor" stroke-width="1" stroke-dasharray="3 2"')

_COMPUTED = (Role.MORE, Role.LESS, Role.OVER, Role.UNTOLD)
_LOOKS = {
    Role.WHOLE: ("chart-whole", _FULL),
    Role.BASE: ("chart-whole", _FULL),
    Role.CHANGE: ("chart-whole", _FULL),
    Role.PART: ("chart-part", _HALF),
    Role.UP: ("chart-up", _HALF),
    Role.DOWN: ("chart-down", _FRAME),
    **dict.fromkeys(_COMPUTED, ("chart-gap", _OPEN)),
}
_ENDS = (Role.WHOLE, Role.BASE, Role.CHANGE)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where a bar goes, in 元: from, to."""

    start: Decimal
    end: Decimal


def draw(chart: Chart, words: ChartWords) -> Markup:
    """A chart as ``<figure>`` with its caption and its SVG."""
    stretches = list(_stretches(chart))
    low = min(ZERO, *(min(s.start, s.end) for s in stretches))
    high = max(ZERO, *(max(s.start, s.end) for s in stretches))
    width = high - low or ONE
    body: list[Markup] = []
    for k, (bar, stretch) in enumerate(zip(chart.bars, stretches, strict=True)):
        top = _TOP + k * ROW
        left, right = (
            _EDGE + divide((at - low) * (WIDTH - 2 * _EDGE), width)
            for at in sorted((stretch.start, stretch.end))
        )
        zero = _EDGE + divide(-low * (WIDTH - 2 * _EDGE), width)
        body += _words(bar, words, top)
        if chart.shape is Shape.WATERFALL and k:
            at = left if stretch.start <= stretch.end else right
            if bar.role in _ENDS:
                at = left if stretch.end < ZERO else right
            # From bar to bar, but not through the words between them.
            before = top + _BAR_TOP + _BAR - ROW
            body.append(_vertical(at, before, before + _STUB, _FAINT))
            body.append(_vertical(at, top + _BAR_TOP - _STUB, top + _BAR_TOP, _FAINT))
        body += _bar(bar, left, right, top + _BAR_TOP)
        body.append(_vertical(zero, top + _BAR_TOP - 3, top + _BAR_TOP + _BAR + 3))
    caption = _caption(chart, words)
    note = words.note[chart.shape]
    return _FIGURE.format(
        shape=chart.shape.value,
        caption=caption,
        note=_NOTE.format(note) if note else "",
        width=WIDTH,
        height=2 * _TOP + len(chart.bars) * ROW,
        size=_SIZE,
        desc=words.stop.join(_told(bar, words) for bar in chart.bars),
        body=_NOTHING.join(body),
    )


def _stretches(chart: Chart) -> Iterator[_Stretch]:
    """Bars from zero; the steps of a waterfall from where the step before ended."""
    reached = ZERO
    for bar in chart.bars:
        if chart.shape is Shape.BARS or bar.role in _ENDS:
            reached = bar.value
            yield _Stretch(ZERO, bar.value)
        else:
            yield _Stretch(reached, reached + bar.value)
            reached += bar.value


def _caption(chart: Chart, words: ChartWords) -> str:
    shape = words.shape[chart.shape]
    return words.about.format(shape=shape, title=chart.title) if chart.title else shape


def _told(bar: Bar, words: ChartWords) -> str:
    """A bar in words, for those who cannot see it."""
    share = f" {words.share.format(share=bar.share)}" if bar.share else ""
    return f"{_label(bar, words)} {_amount(bar, words)}{share}"


def _label(bar: Bar, words: ChartWords) -> str:
    return bar.label or words.role.get(bar.role, "")


def _amount(bar: Bar, words: ChartWords) -> str:
    return words.computed.format(amount=bar.amount) if bar.role in _COMPUTED else bar.amount


def _words(bar: Bar, words: ChartWords, top: int) -> list[Markup]:
    """The line above a bar: its name on the left, its amount and share on the right."""
    full = f"{_amount(bar, words)}  {bar.share}".strip()
    amount = shortened(full, _AMOUNT)
    room = WIDTH - 2 * _EDGE - _GAP - wide(amount)
    label = _label(bar, words)
    short = shortened(label, room)
    more = _BOLD if bar.role in _ENDS else _NOTHING
    y = top + _LINE
    return [
        _TEXT.format(x=_EDGE, y=y, more=more, title=_title(label, short), words=short),
        _TEXT.format(
            x=WIDTH - _EDGE, y=y, more=_RIGHT + more, title=_title(full, amount), words=amount
        ),
    ]


def _title(full: str, short: str) -> Markup:
    return _TITLE.format(full) if full != short else _NOTHING


def _bar(bar: Bar, left: Decimal, right: Decimal, top: int) -> Iterator[Markup]:
    name, more = _LOOKS[bar.role]
    width = right - left
    if not bar.value:
        return
    if width < _THINNEST:
        width = _THINNEST
        left = min(left, Decimal(WIDTH - _EDGE) - width)
    yield _RECT.format(name=name, x=_at(left), y=top, width=_at(width), height=_BAR, more=more)
    if bar.role is Role.DOWN or bar.role in _COMPUTED:
        d = _hatch(left, top, width, rising=bar.role is not Role.DOWN)
        if d:
            yield _HATCH.format(d=d)


def _hatch(left: Decimal, top: int, width: Decimal, *, rising: bool) -> str:
    """Slanting lines within a bar, as the path of an SVG."""
    lines = []
    for k in range(-_BAR + _STEP, int(width) + 1, _STEP):
        first, last = max(0, -k), min(Decimal(_BAR), width - k)
        if last <= first:
            continue
        (y1, y2) = (top + _BAR - first, top + _BAR - last) if rising else (
            top + first, top + last
        )  # fmt: skip
        x1, x2 = left + k + first, left + k + last
        lines.append(f"M{_at(x1)} {_at(Decimal(y1))}L{_at(x2)} {_at(Decimal(y2))}")
    return "".join(lines)


def _vertical(x: Decimal, top: int, bottom: int, more: Markup = _NOTHING) -> Markup:
    return _LINE_OF.format(x=_at(x), top=top, bottom=bottom, more=more)


def _at(value: Decimal) -> str:
    """A coordinate with two digits, the same on every machine."""
    return plain(rounded(value, _CENT))


def wide(words: str) -> Decimal:
    """About how wide words are in units of the chart: a Chinese character is a square."""
    return sum((_of(c) for c in words), ZERO) * _SIZE


def _of(character: str) -> Decimal:
    return ONE if unicodedata.east_asian_width(character) in "WFA" else _NARROW


def shortened(words: str, room: Decimal | int) -> str:
    """Words that fit, the middle left out: names differ at their ends."""
    if wide(words) <= room:
        return words
    for kept in range(len(words) - 1, 0, -1):
        short = _cut(words, kept)
        if wide(short) <= room:
            return short
    return _DOTS


def _cut(words: Sequence[str], kept: int) -> str:
    tail = kept // 2
    return f"{''.join(words[: kept - tail])}{_DOTS}{''.join(words[len(words) - tail :])}"
