"""The hooks in a real git repository: a contradiction is not committed, the mended one is.

pre-commit takes the hooks from a repository, as everywhere; only the environment that it would
make for them is left out, and the command is the one of this checkout.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import yaml
from small_gate import ROOT, WRONG, commands, report, surroundings, workbook

from validator.readers.suffixes import READABLE

if TYPE_CHECKING:
    from pathlib import Path

HOOKS = ROOT / ".pre-commit-hooks.yaml"
pytestmark = pytest.mark.skipif(
    shutil.which("git") is None or sys.platform == "win32", reason="needs git and a shell"
)


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository of reports with the hooks installed."""

    path: Path
    env: dict[str, str]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, cwd=self.path, env=self.env, capture_output=True, text=True,
            encoding="utf-8", check=False,
        )  # fmt: skip

    def commit(self, *names: str, verify: bool = True) -> subprocess.CompletedProcess[str]:
        added = self.run("git", "add", "--", *names)
        assert added.returncode == 0, added.stderr
        return self.run("git", "commit", "-m", "报送", *([] if verify else ["--no-verify"]))

    def commits(self) -> int:
        return len(self.run("git", "log", "--format=%h").stdout.split())


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    bin_ = commands(tmp_path / "bin")
    path = os.pathsep.join([str(bin_), os.environ["PATH"]])
    env = surroundings(tmp_path, PATH=path, PRE_COMMIT_HOME=str(tmp_path / "kept"))
    hooks = Repository(tmp_path / "hooks", env)
    hooks.path.mkdir()
    hooks.run("git", "init", "-q")
    shutil.copy(HOOKS, hooks.path)
    assert hooks.commit(HOOKS.name).returncode == 0
    revision = hooks.run("git", "rev-parse", "HEAD").stdout.strip()

    made = Repository(tmp_path / "报送 材料", env)
    made.path.mkdir()
    made.run("git", "init", "-q")
    rules = {"id": "gouji-rules", "language": "system", "args": ["--rules", "本局规则"]}
    config = {
        "repos": [
            {
                "repo": str(hooks.path),
                "rev": revision,
                "hooks": [{"id": "gouji", "language": "system"}, rules],
            }
        ]
    }
    (made.path / ".pre-commit-config.yaml").write_text(
        yaml.safe_dump(config, allow_unicode=True), encoding="utf-8"
    )
    done = made.run(sys.executable, "-m", "pre_commit", "install")
    assert done.returncode == 0, done.stdout + done.stderr
    assert made.commit(".pre-commit-config.yaml").returncode == 0
    return made


def test_a_contradiction_is_refused_and_the_mended_report_goes_in(
    repository: Repository,
) -> None:
    name = "2020年/云岭县水务局 决算.txt"
    report(repository.path / name, share="58.65%")

    refused = repository.commit(name)

    assert refused.returncode != 0
    assert "58.65%" in refused.stdout + refused.stderr
    assert "没有通过" in refused.stdout + refused.stderr
    assert repository.commits() == 1
    report(repository.path / name)
    accepted = repository.commit(name)
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert repository.commits() == 2


def test_a_changed_workbook_is_held_against_the_report_beside_it(
    repository: Repository,
) -> None:
    """pre-commit names the changed file only; the report is not among them."""
    report(repository.path / "2020年" / "决算.txt")
    report(repository.path / "2019年" / "决算.txt", share="58.65%")
    assert repository.commit("2020年", "2019年", verify=False).returncode == 0
    workbook(repository.path / "2020年" / "决算表.xlsx", differs=True)

    refused = repository.commit("2020年/决算表.xlsx")

    assert refused.returncode != 0
    assert WRONG in refused.stdout + refused.stderr
    assert "58.65%" not in refused.stdout + refused.stderr
    workbook(repository.path / "2020年" / "决算表.xlsx")
    accepted = repository.commit("2020年/决算表.xlsx")
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr


def test_what_is_not_committed_is_not_missed(repository: Repository) -> None:
    """A waiver for another report is not called useless when only some are checked."""
    (repository.path / "gouji.toml").write_text(
        'fail_on = "warning"\nwaivers = "豁免.yaml"\n', encoding="utf-8"
    )
    (repository.path / "豁免.yaml").write_text(
        "waivers:\n  - rule: SHR002\n    quote: 占58.65%；公务接待费\n    reason: 待批复\n"
        "    owner: 王五\n    expires: 2999-12-31\n",
        encoding="utf-8",
    )
    report(repository.path / "决算.txt")

    accepted = repository.commit("决算.txt")

    assert accepted.returncode == 0, accepted.stdout + accepted.stderr


def test_names_are_names_only(repository: Repository) -> None:
    """No name of a file is an option, a command, or a report where it is none."""
    wrong = ["--fail-on=never .txt", "$(touch made).txt", ";touch made;.txt"]
    for name in [*wrong, "~$决算.txt", ".草稿.txt", "数据.csv"]:
        report(repository.path / name, share="58.65%")

    refused = repository.commit(".")

    said = refused.stdout + refused.stderr
    assert refused.returncode != 0
    assert f"共{len(wrong)}个文件" in said
    assert [name for name in wrong if name not in said] == []
    assert not (repository.path / "made").exists()


def test_a_faulty_rule_is_refused(repository: Repository) -> None:
    source = ROOT / "rules" / "core" / "CHG001-change-words-disagree.yaml"
    rule = repository.path / "本局规则" / "ORG001-change-words-disagree-too.yaml"
    rule.parent.mkdir()
    text = source.read_text(encoding="utf-8").replace("CHG001", "ORG001")
    rule.write_text(
        text.replace("name: change-words-disagree", "name: change-words-disagree-too"),
        encoding="utf-8",
    )
    good = repository.commit("本局规则")
    assert good.returncode == 0, good.stdout + good.stderr
    rule.write_text(rule.read_text(encoding="utf-8").replace("severity:", "severeness:"))

    refused = repository.commit("本局规则")

    assert refused.returncode != 0
    assert "severeness" in refused.stdout + refused.stderr


def test_the_manifest_is_valid_and_knows_every_kind_of_report() -> None:
    valid = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", str(HOOKS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert valid.returncode == 0, valid.stdout
    hook = next(
        one for one in yaml.safe_load(HOOKS.read_text(encoding="utf-8")) if one["id"] == "gouji"
    )

    listed = re.search(r"\(((?:\w+\|)+\w+)\)", hook["files"])

    assert listed is not None
    assert {f".{suffix}" for suffix in listed[1].split("|")} == READABLE
    assert re.search(hook["files"], "报送/决算.DOCX")
    assert hook["require_serial"]


def test_the_configurations_of_the_page_are_valid(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "pre-commit.md").read_text(encoding="utf-8")
    fences = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    paths = []
    for number, fence in enumerate(fences):
        paths.append(tmp_path / f"{number}.yaml")
        paths[-1].write_text(fence, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-config", *map(str, paths)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert paths
    assert done.returncode == 0, done.stdout + done.stderr
    known = {one["id"] for one in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))}
    hooks = [
        hook
        for fence in fences
        for one in yaml.safe_load(fence)["repos"]
        for hook in one["hooks"]
    ]
    assert {hook["id"] for hook in hooks} == known
    assert all(
        hook["args"][-1] == "--" for hook in hooks if hook["id"] == "gouji" and "args" in hook
    )
