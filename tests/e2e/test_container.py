"""The image: what it is built from is there, and what it promises holds without a container.

No image is built here. Its recipe is read, gouji is built from exactly the files that the
recipe copies, and it is run as the image runs it: as a user without rights, a name or a home,
with nothing to write to but one folder for what is temporary.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from office_files import save_as
from small_gate import ROOT

from validator.cli.check import check

if TYPE_CHECKING:
    from collections.abc import Iterator

STRANGER = 54_321
"""A user number that no account has."""
DOCKERFILE = ROOT / "Dockerfile"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs users as on Linux")


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction of the recipe."""

    word: str
    rest: str

    def copied(self) -> list[str]:
        """What a COPY takes from the project."""
        words = shlex.split(self.rest)
        outside = any(word.startswith("--from") for word in words)
        return [] if outside else [word for word in words[:-1] if not word.startswith("--")]


def stages() -> list[list[Step]]:
    """The instructions of each stage; those before the first make the first one."""
    text = re.sub(r"^\s*#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found: list[list[Step]] = [[]]
    for line in text.replace("\\\n", " ").splitlines():
        word, _, rest = line.strip().partition(" ")
        if word == "FROM":
            found.append([])
        if word:
            found[-1].append(Step(word, " ".join(rest.split())))
    return found


def last(word: str) -> str:
    """The last instruction of a kind in the stage that becomes the image."""
    return next(step.rest for step in reversed(stages()[-1]) if step.word == word)


def variables() -> dict[str, str]:
    """What the image sets."""
    return dict(
        word.split("=", 1)
        for step in stages()[-1]
        if step.word == "ENV"
        for word in shlex.split(step.rest)
    )


def copied() -> list[str]:
    return [
        name for steps in stages() for s in steps if s.word == "COPY" for name in s.copied()
    ]


def sent(name: str) -> bool:
    """Whether a name in the project reaches the builder: the last pattern that fits decides."""
    kept = True
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        pattern = line.strip().removeprefix("!")
        if not pattern or pattern.startswith("#"):
            continue
        parts = [name, *map(str, Path(name).parents)][:-1]
        deep = pattern.removeprefix("**/")
        hits = any(
            fnmatch(one, pattern) or (deep != pattern and fnmatch(Path(one).name, deep))
            for one in parts
        )
        if hits:
            kept = line.startswith("!")
    return kept


def test_the_image_runs_gouji_as_a_user_without_rights() -> None:
    user, _, group = last("USER").partition(":")

    assert user.isdigit(), "a number, so that others can see that it is not root"
    assert int(user) > 0
    assert int(group) > 0
    assert last("ENTRYPOINT") == '["gouji"]'
    assert last("WORKDIR") == "/data"
    after = stages()[-1][[step.word for step in stages()[-1]].index("USER") :]
    assert {step.word for step in after} <= {"USER", "ENTRYPOINT", "CMD"}


def test_what_is_written_goes_to_the_temporary_folder() -> None:
    """Home is where LibreOffice, fontconfig and the rule cache write."""
    assert variables()["HOME"] == "/tmp"  # noqa: S108 - the folder of the image
    assert variables()["GIT_CONFIG_VALUE_0"] == last("WORKDIR")
    assert "/opt/gouji/bin" in variables()["PATH"].split(":")


def test_the_image_holds_what_it_needs_and_no_secrets() -> None:
    recipe = " ".join(f"{step.word} {step.rest}" for steps in stages() for step in steps)
    packages = next(step.rest for step in stages()[-1] if step.word == "RUN").split()

    assert {"libreoffice-writer-nogui", "git", "fonts-wqy-zenhei"} <= set(packages)
    assert "--no-install-recommends" in packages
    assert not re.search(
        r"(?i)token|password|secret|credential|_key\b|https?://|\bADD ",
        recipe.replace("GIT_CONFIG_KEY_0", ""),
    )
    bases = [step.rest for steps in stages() for step in steps if step.word == "FROM"]
    (base,) = [step.rest for step in stages()[0] if step.word == "ARG"]
    assert all(rest.startswith("${BASE}") for rest in bases)
    assert re.fullmatch(r"BASE=python:3\.\d+-slim-\w+", base)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the builder sees: the files copied, without those that are ignored."""
    place = tmp_path_factory.mktemp("source")
    for name in copied():
        assert (ROOT / name).exists(), name
        files = [one for one in [ROOT / name, *(ROOT / name).rglob("*")] if one.is_file()]
        for path in files:
            called = path.relative_to(ROOT)
            if sent(called.as_posix()):
                (place / called).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, place / called)
    return place


def test_nothing_else_reaches_the_builder() -> None:
    assert all(sent(name) for name in [*copied(), "rules/core/pack.yaml", "validator/run.py"])
    unwanted = [
        ".git/config",
        "tests/conftest.py",
        "validator/__pycache__/run.pyc",
        "报送/决算.docx",
        ".env",
    ]
    assert [name for name in unwanted if sent(name)] == []


def test_the_wheel_is_built_from_what_is_copied(source: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=source, check=True, capture_output=True,
    )  # fmt: skip

    (wheel,) = tmp_path.glob("gouji-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix().replace("rules/", "validator/_rules/", 1)
        if path.is_relative_to(ROOT / "rules")
        else path.relative_to(ROOT).as_posix()
        for folder, pattern in (("validator", "*.py"), ("rules", "*.yaml"))
        for path in (ROOT / folder).rglob(pattern)
    }
    assert wanted - names == set()


@dataclass(frozen=True, slots=True)
class Confined:
    """A user who may read everything and write in one folder."""

    place: Path
    wrapper: list[str]

    def check(self, name: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.wrapper, sys.executable, "-m", "validator", "check", name],
            cwd=self.place / "data", capture_output=True, encoding="utf-8", check=False,
            env={
                "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1",
                "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(self.place / "tmp"), **variables,
            },
        )  # fmt: skip

    def written(self) -> list[Path]:
        """Files outside of the folder for them that the user made."""
        found = [one for folder in ("data", "home") for one in (self.place / folder).rglob("*")]
        return [one for one in found if one.name != "决算.doc"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Reports that may only be read, and a folder to write in, where any user can get at them."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        made = Path(name)
        made.chmod(0o755)
        for folder in ("data", "home", "tmp"):
            (made / folder).mkdir()
        original = ROOT / "examples" / "broken" / "budget.docx"
        saved = save_as("doc", [original], tmp_path_factory.mktemp("saved"))[original]
        shutil.copy(saved, made / "data" / "决算.doc")
        (made / "tmp").chmod(0o1777)
        for folder in ("data", "home"):
            (made / folder).chmod(0o555)
        yield made
        for folder in ("data", "home"):
            (made / folder).chmod(0o755)


def confined(way: str, place: Path) -> Confined:
    """Become one, or skip where that cannot be done."""
    if os.getuid() != 0:
        if way == "stranger":
            pytest.skip("only root can become another user")
        return Confined(place, [])
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv is not installed")
    drop = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"]
    if way == "stranger":
        drop = ["setpriv", f"--reuid={STRANGER}", f"--regid={STRANGER}", "--clear-groups"]
    program = f"import click, lxml, pydantic; open({str(ROOT / 'pyproject.toml')!r})"
    probe = [*drop, sys.executable, "-c", program]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("the interpreter, its packages or the checkout are closed to other users")
    return Confined(place, drop)


@POSIX
@pytest.mark.parametrize(("way", "home"), [("powerless", "read-only"), ("stranger", "none")])
def test_an_old_report_is_read_with_nothing_to_write_to(
    way: str, home: str, place: Path
) -> None:
    """LibreOffice and the rule cache make do with the temporary folder."""
    user = confined(way, place)
    variables = {"HOME": str(place / "home")} if home == "read-only" else {}

    done = user.check("决算.doc", **variables)

    assert done.returncode == 1, done.stderr
    assert "没有通过" in done.stderr
    assert user.written() == []
    assert not list((place / "tmp").glob("gouji-*")), "the temporary folder is left clean"


def test_the_commands_of_the_page_are_commands() -> None:
    """What stands after the image is for gouji; what stands before it keeps the promises."""
    text = (ROOT / "docs" / "docker.md").read_text(encoding="utf-8")
    fences = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line for fence in fences for line in fence.replace("\\\n", " ").splitlines()]
    runs = [
        shlex.split(line.partition(" > ")[0])
        for line in lines
        if line.startswith("docker run ")
    ]
    known = {name for one in check.params for name in one.opts}

    assert runs
    for words in runs:
        at = next(number for number, word in enumerate(words) if word.startswith("gouji:"))
        assert {"--rm", "--read-only", "--tmpfs"} <= set(words[:at])
        assert words[at + 1] == "check"
        assert {word for word in words[at + 2 :] if word.startswith("-")} <= known
    (arguments,) = {tuple(re.findall(r"--build-arg (\w+)=", text))}
    assert set(arguments) <= {
        s.rest.partition("=")[0] for steps in stages() for s in steps if s.word == "ARG"
    }
