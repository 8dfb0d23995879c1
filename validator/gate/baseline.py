"""The baseline（基线）: findings that were there before, so that only new ones count.

The file lists findings by report and fingerprint, never by line, and is meant to be kept
under version control beside the reports. A report that was saved in another format or moved
is found again by its name or by what is known of it.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from pydantic import Field, ValidationError

from validator.engine.schema import Strict
from validator.errors import UsageError
from validator.findings import Gone, Severity, Status
from validator.homes import Home
from validator.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from validator.findings import Finding, Report

_ENOUGH = 2
"""Findings that a renamed report must have in common with what is known of it."""
FORM: Literal["gouji.baseline/1"] = "gouji.baseline/1"


class KnownFinding(Strict):
    """A finding that was there before.

    Attributes:
        fingerprint: What it is found again by.
        rule: Rule id.
        severity: How grave it was.
        title: Short Chinese title of the rule.
        quote: The words that it is about.
    """

    fingerprint: str
    rule: str
    severity: Severity
    title: str
    quote: str


class KnownDocument(Strict):
    """What is known of one report.

    Attributes:
        path: The file, from the folder of the baseline.
        findings: In the order of their places.
    """

    path: str
    findings: tuple[KnownFinding, ...]


class BaselineFile(Strict):
    """A baseline as it is kept.

    Attributes:
        form: ``gouji.baseline/1``.
        documents: In the order of their paths; those without findings are left out.
    """

    form: Literal["gouji.baseline/1"] = Field(default=FORM, alias="schema")
    documents: tuple[KnownDocument, ...] = ()


class Baseline:
    """Known findings by report."""

    def __init__(self, path: Path, documents: Iterable[KnownDocument] = ()) -> None:
        """Make one that belongs at a path.

        Args:
            path: Where it is kept; paths in it start at its folder.
            documents: What is known.
        """
        self.path = path
        self._home = Home.of(path)
        self.documents = {one.path: one.findings for one in documents}
        self._missing: list[str] | None = None
        self._taken: dict[str, str] = {}

    @classmethod
    def load(cls, path: Path) -> Baseline:
        """Read one.

        Raises:
            UsageError: There is none, or it is no baseline.
        """
        try:
            text = path.read_bytes().decode("utf-8-sig")
            file = BaselineFile.model_validate(json.loads(text))
        except FileNotFoundError:
            raise UsageError(
                f"没有基线文件“{path}”；先用 gouji baseline create 建一个"
            ) from None
        except OSError:
            what = "它是文件夹，请写文件" if path.is_dir() else "请检查它的权限"
            raise UsageError(f"基线文件“{path}”读不了；{what}") from None
        except (UnicodeDecodeError, ValueError, ValidationError) as error:
            place = f"第{error.lineno}行" if isinstance(error, json.JSONDecodeError) else ""
            raise UsageError(
                f"基线文件“{path}”{place}内容不对（应是 {FORM}）；"
                "请从版本库取回，或用 gouji baseline create --force 重建"
            ) from None
        return cls(path, file.documents)

    def mark(self, report: Report, ran: Collection[str]) -> Report:
        """The report with each finding told from new or known, and what is gone.

        Args:
            report: A result.
            ran: Ids of the rules that ran on it; what others found before is not gone.
        """
        if report.status is not Status.CHECKED:
            return report
        known = self.known(report)
        left = Counter(one.fingerprint for one in known)
        marked = []
        for finding in report.findings:
            standing = Standing.KNOWN if left[finding.fingerprint] > 0 else Standing.NEW
            left[finding.fingerprint] -= 1
            marked.append(replace(finding, standing=standing))
        gone = []
        whole = is_whole(report)
        for one in reversed(known):
            if left[one.fingerprint] > 0 and one.rule in ran and whole:
                left[one.fingerprint] -= 1
                gone.append(Gone(one.rule, one.title, one.severity, one.quote, one.fingerprint))
        return replace(report, findings=tuple(marked), gone=tuple(reversed(gone)))

    def known(self, report: Report) -> tuple[KnownFinding, ...]:
        """What is known of a report, wherever it stood before."""
        place = self._place(report)
        return self.documents[place] if place is not None else ()

    def record(self, report: Report, kept: Iterable[KnownFinding]) -> None:
        """Let this be what is known of a report from now on."""
        place = self._place(report)
        if place is not None:
            del self.documents[place]
        if findings := tuple(kept):
            self.documents[self._home.path_of(report.name)] = findings

    def missing(self) -> list[str]:
        """Files that are no longer there, and that no report of this run has taken over."""
        return [place for place in self._orphans() if place not in self._taken]

    def forget_missing(self) -> list[str]:
        """Drop what is known of files that are no longer there → their paths."""
        missing = self._orphans()
        for place in missing:
            del self.documents[place]
        return missing

    def text(self) -> str:
        """The file's content, ending in a line feed."""
        documents = tuple(
            KnownDocument(path=path, findings=findings)
            for path, findings in sorted(self.documents.items())
        )
        file = BaselineFile(documents=documents).model_dump(mode="json", by_alias=True)
        return json.dumps(file, ensure_ascii=False, indent=2) + "\n"

    def _place(self, report: Report) -> str | None:
        """The entry of a report: its path, its name in another format, or what moved.

        An entry whose file is gone speaks for one report only, the first that claims it.
        """
        path = self._home.path_of(report.name)
        if path in self.documents:
            return path
        free = [p for p in self._orphans() if self._taken.get(p, path) == path]
        found = self._moved(path, Counter(f.fingerprint for f in report.findings), free)
        if found is not None:
            self._taken[found] = path
        return found

    def _moved(self, path: str, now: Counter[str], free: Sequence[str]) -> str | None:
        """Which of some entries is that of a report that has another path now."""
        here = PurePosixPath(path)
        for place in free:
            if PurePosixPath(place).with_suffix("") == here.with_suffix(""):
                return place
        shared = {
            place: (now & Counter(k.fingerprint for k in self.documents[place])).total()
            for place in free
        }
        # One finding in common proves nothing: units fill in the same templates.
        likely = [
            place
            for place, count in shared.items()
            if (PurePosixPath(place).name == here.name and count)
            or (count >= _ENOUGH and count * 2 > len(self.documents[place]))
        ]
        return max(likely, key=lambda place: shared[place], default=None)

    def _orphans(self) -> list[str]:
        """Entries whose file is gone."""
        if self._missing is None:
            self._missing = [p for p in self.documents if not self._home.holds(p)]
        return [place for place in self._missing if place in self.documents]


def is_whole(report: Report) -> bool:
    """Whether all of a file was read: what was not may hold what is no longer found."""
    documents = (report.document, *report.others.values())
    return not any(one is not None and one.unread for one in documents)


def known_as(report: Report, findings: Sequence[Finding]) -> tuple[KnownFinding, ...]:
    """Findings as a baseline keeps them."""
    document = report.document
    return tuple(
        KnownFinding(
            fingerprint=finding.fingerprint,
            rule=finding.rule,
            severity=finding.severity,
            title=finding.title,
            quote=document.quote(finding.evidence[0].span) if document else "",
        )
        for finding in findings
    )
