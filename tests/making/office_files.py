"""The bundled examples as LibreOffice saves them in another format, each format once a run."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest

from validator.readers import office

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = ("broken", "clean")
LONGEST = 120
NO_OFFICE = "LibreOffice is not installed (apt install libreoffice-writer)"


class Converted(Protocol):
    """Saves every example in a format."""

    def __call__(self, suffix: str) -> dict[Path, Path]:
        """Examples' Word files → the same in another format.

        Args:
            suffix: Of the format, such as ``doc`` or ``pdf``.
        """
        ...


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    """Makes the files when they are first asked for; skips where LibreOffice is missing."""
    place = tmp_path_factory.mktemp("converted")
    examples = sorted(path for folder in FOLDERS for path in (EXAMPLES / folder).glob("*.docx"))
    return cache(lambda suffix: save_as(suffix, examples, place))


def save_as(suffix: str, originals: list[Path], place: Path) -> dict[Path, Path]:
    """Save files in another format, all in one run; skips where LibreOffice is missing.

    Args:
        suffix: Of the format.
        originals: The files; their names may be the same in several folders.
        place: An empty folder, or one that was given before.
    """
    program = office.find()
    if program is None:
        pytest.skip(NO_OFFICE)
    inputs = place / "in"
    inputs.mkdir(exist_ok=True)
    found = {}
    for original in originals:
        called = f"{original.parent.name}-{original.name}"
        (inputs / called).write_bytes(original.read_bytes())
        found[original] = (place / suffix / called).with_suffix(f".{suffix}")
    subprocess.run(
        [
            program, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless",
            "--norestore", "--convert-to", suffix, "--outdir", str(place / suffix),
            *[str(inputs / f"{one.parent.name}-{one.name}") for one in originals],
        ],
        check=True, capture_output=True, timeout=LONGEST,
    )  # fmt: skip
    missing = [path.name for path in found.values() if not path.is_file()]
    assert missing == [], "LibreOffice did not save all of them"
    return found
