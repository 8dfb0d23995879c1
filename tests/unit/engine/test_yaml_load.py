"""YAML with places: strings only, nothing clever, every refusal located."""

from __future__ import annotations

import pytest

from validator.engine.yaml_load import parse_yaml
from validator.errors import RuleError


def test_scalars_stay_the_text_they_were() -> None:
    content = "code: 0201\nswitch: off\nrate: 0.10\ndate: 2020-01-01\nnone:\n"

    assert parse_yaml(content.encode(), "x.yaml").data == {
        "code": "0201",
        "switch": "off",
        "rate": "0.10",
        "date": "2020-01-01",
        "none": "",
    }


def test_every_value_has_a_place() -> None:
    located = parse_yaml("a: 甲\nb:\n  - {c: '丁'}\n  - |\n    长\n".encode(), "x.yaml")

    def shown(*path: str | int, column: int = 0) -> str:
        return str(located.error(path, "错", column))

    assert shown("a") == "x.yaml:1:4  错"
    assert shown("key:b") == "x.yaml:2:1  错"
    assert shown("b", 0, "c") == "x.yaml:3:9  错"
    assert shown("b", 0, "c", column=1) == "x.yaml:3:10  错"
    assert shown("b", 1, column=3) == "x.yaml:4:5  错"
    assert shown("b", 0, "gone", "deeper") == "x.yaml:3:5  错"


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (b"", "1:1", "空的"),
        (b"a: 1\na: 2\n", "2:1", "写了两次"),
        (b"a: &x 1\n", "1:4", "锚点"),
        (b"a: *x\n", "1:4", "引用"),
        (b"*x : 1\n", "1:1", "引用"),
        (b"a: !!int 1\n", "1:4", "标签"),
        (b"a: ! x\n", "1:4", "标签"),
        (b"? [a]\n: 1\n", "1:3", "应是一个词"),
        (b"a: 1\n---\nb: 1\n", "2:1", "一份内容"),
        (b"a: 1\n\tb: 2\n", "2:1", "制表符"),
        (b"a: b: c\n", "1:5", "加引号"),
        (b"a: 'b\n", "2:1", "没有闭合"),
        (b"a: [1, 2\nb: 3\n", "2:2", "缩进或括号"),
        (b"ok: 1\na: \xff\n", "2:1", "UTF-8"),
        (b"a: \x00\n", "1:1", "控制字符"),
        (b"[" * 20, "1:14", "套得太深"),
        (b"a: " + b"x" * 70_000, "1:1", "太大"),
    ],
)
def test_what_is_refused(content: bytes, place: str, words: str) -> None:
    with pytest.raises(RuleError) as refused:
        parse_yaml(content, "x.yaml")

    assert str(refused.value).startswith(f"x.yaml:{place}  ")
    assert words in str(refused.value)


def test_a_byte_order_mark_is_no_content() -> None:
    assert parse_yaml(b"\xef\xbb\xbfa: 1\n", "x.yaml").data == {"a": "1"}
