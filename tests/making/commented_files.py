"""Comments of a Word file as they are read back, and whether they stand where they may."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lxml import etree
from word_bodies import MAIN, W, contents, root_of

from validator.rewriting.packages import repacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

COMMENTS = "word/comments.xml"
LINKS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
START, END = f"{W}commentRangeStart", f"{W}commentRangeEnd"
REFERENCE = f"{W}commentReference"
# Where the schema of ECMA-376 lets the ends of a range stand beside runs, and all of our
# words are printed: EG_RunLevelElements, which holds EG_RangeMarkupElements.
_HOLDERS = frozenset(
    W + name
    for name in (
        "p", "hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "sdtContent",
        "dir", "bdo",
    )
)  # fmt: skip
_OUT_OF_REACH = (f"{W}txbxContent", f"{W}footnote", f"{W}endnote")
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n"}


def said(data: bytes, part: str = COMMENTS) -> dict[str, list[str]]:
    """Paragraphs of each comment, by its number."""
    return {
        one.get(f"{W}id", ""): [
            "".join(t.text or "" for t in p.iter(f"{W}t")) for p in one.iter(f"{W}p")
        ]
        for one in root_of(data, part)
    }


def marked(data: bytes) -> dict[str, str]:
    """The words that stand in the range of each comment, by its number."""
    found: dict[str, str] = {}
    open_: set[str] = set()
    for one in root_of(data).iter(etree.Element):
        number = one.get(f"{W}id", "")
        if one.tag == START:
            open_.add(number)
            found[number] = ""
        elif one.tag == END:
            open_.remove(number)
        words = (one.text or "") if one.tag == f"{W}t" else _SIGNS.get(str(one.tag), "")
        for number in open_ if words else ():
            found[number] += words
    assert not open_
    return found


def told(data: bytes) -> list[tuple[str, list[str]]]:
    """Marked words and paragraphs of each comment, in their order."""
    words = marked(data)
    return [(words[number], lines) for number, lines in said(data).items()]


def with_reply(data: bytes, words: str) -> bytes:
    """A file as Word saves it after somebody replied to its first comment."""
    parts = contents(data)
    word = "http://schemas.microsoft.com/office/word"
    comments, links = etree.fromstring(parts[COMMENTS]), etree.fromstring(parts[LINKS])
    first = comments[0]
    mark = f"{{{word}/2010/wordml}}paraId"
    first[-1].set(mark, "00000001")
    reply = etree.SubElement(comments, f"{W}comment", {f"{W}id": "77", f"{W}author": "张三"})
    said_ = etree.SubElement(reply, f"{W}p", {mark: "00000002"})
    etree.SubElement(etree.SubElement(said_, f"{W}r"), f"{W}t").text = words
    etree.SubElement(
        links, links[0].tag, Id="rIdThreads", Target="commentsExtended.xml",
        Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
    )  # fmt: skip
    threads = (
        f'<x:commentsEx xmlns:x="{word}/2012/wordml"><x:commentEx x:paraId="00000001" x:done="0"/>'
        '<x:commentEx x:paraId="00000002" x:paraIdParent="00000001" x:done="0"/></x:commentsEx>'
    )
    main = root_of(data)
    for one in list(main.iter(START, END, REFERENCE)):
        twin = one.makeelement(one.tag, {f"{W}id": "77"})
        one.addnext(twin)
    changed = {
        COMMENTS: etree.tostring(comments),
        LINKS: etree.tostring(links),
        MAIN: etree.tostring(main),
        "word/commentsExtended.xml": threads.encode(),
    }
    return repacked(data, changed)


def faults(data: bytes) -> list[str]:
    """What is wrong with the comments of a file, by schema and by the standard's text."""
    return [*_part_faults(data), *_range_faults(root_of(data), set(said(data)))]


def _part_faults(data: bytes) -> Iterator[str]:
    parts = contents(data)
    if len(parts) != len({name.lower() for name in parts}):
        yield "two parts of one name"
    links = [
        one
        for one in etree.fromstring(parts[LINKS])
        if one.get("Type", "").endswith("/comments")
    ]
    if [posixpath.join("word", one.get("Target", "")) for one in links] != [COMMENTS]:
        yield "the text does not lead to the comments"
    ids = [one.get("Id") for one in etree.fromstring(parts[LINKS])]
    if len(ids) != len(set(ids)):
        yield "two links of one id"
    types = [
        one.get("ContentType", "")
        for one in etree.fromstring(parts[TYPES])
        if one.get("PartName") == f"/{COMMENTS}"
    ]
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    if types != [kind]:
        yield f"kinds of the part of comments: {types}"
    numbers = [one.get(f"{W}id") for one in root_of(data, COMMENTS)]
    if len(numbers) != len(set(numbers)):
        yield "two comments of one number"
    for comment in root_of(data, COMMENTS):
        if comment.tag != f"{W}comment" or not comment.get(f"{W}author"):
            yield "no comment, or nobody's"
        if any(child.tag != f"{W}p" for child in comment) or not len(comment):
            yield "a comment that is not made of paragraphs"


def _range_faults(root: _Element, numbers: set[str]) -> Iterator[str]:
    order = {one: at for at, one in enumerate(root.iter())}
    places: dict[str, dict[str, int]] = {number: {} for number in numbers}
    for one in root.iter(START, END, REFERENCE):
        number = one.get(f"{W}id", "")
        kind = str(one.tag).removeprefix(W)
        if number not in places or kind in places[number]:
            yield f"{kind} {number} without a comment, or twice"
            continue
        places[number][kind] = order[one]
        if any(up.tag in _OUT_OF_REACH for up in one.iterancestors()):
            yield f"{kind} {number} where Word ignores it"
        parent = one.getparent()
        assert parent is not None
        if one.tag != REFERENCE and parent.tag not in _HOLDERS:
            yield f"{kind} {number} in {parent.tag}"
        if one.tag == REFERENCE and not _is_shown(parent):
            yield f"{kind} {number} is not in a run of its own in the paragraph"
    for number, found in places.items():
        if len(found) != 3 or [*sorted(found, key=lambda kind: found[kind])] != [
            "commentRangeStart", "commentRangeEnd", "commentReference",
        ]:  # fmt: skip
            yield f"comment {number}: {found}"
    for holder, properties in (("r", "rPr"), ("p", "pPr")):
        for one in root.iter(W + holder):
            if any(child.tag == W + properties for child in list(one)[1:]):
                yield f"{properties} that is not the first of its {holder}"


def _is_shown(run: _Element) -> bool:
    parent = run.getparent()
    return (
        [one.tag for one in run if one.tag != f"{W}rPr"] == [REFERENCE]
        and parent is not None
        and parent.tag == f"{W}p"
    )


def changed_parts(before: bytes, after: bytes) -> list[str]:
    """Names of the parts that are new or not as they were; the old ones keep their order."""
    old, new = contents(before), contents(after)
    assert [name for name in new if name in old] == list(old)
    return sorted(name for name in new if new[name] != old.get(name))


__all__ = [
    "COMMENTS",
    "LINKS",
    "MAIN",
    "TYPES",
    "changed_parts",
    "faults",
    "marked",
    "said",
    "told",
]
