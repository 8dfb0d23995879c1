"""The GitLab template: its script runs as in a job, it and its examples keep to the schema."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from lxml import etree
from small_gate import ROOT, commands, committed, report, surroundings

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = ROOT / "integrations" / "gitlab" / "gouji.gitlab-ci.yml"
PAGE = ROOT / "docs" / "gitlab.md"
SHELLS = [shell for shell in ("sh", "bash") if shutil.which(shell)]
pytestmark = pytest.mark.skipif(not SHELLS or sys.platform == "win32", reason="needs a shell")


def job() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))[".gouji"]
    return loaded


@dataclass(frozen=True, slots=True)
class Runner:
    """A machine that runs the job."""

    project: Path
    env: dict[str, str]
    shell: str = "sh"

    def run(self, **variables: str) -> subprocess.CompletedProcess[str]:
        given = {"CI_PROJECT_DIR": str(self.project)} | job()["variables"] | variables
        script = "\n".join(["set -eu", *job()["before_script"], *job()["script"]])
        return subprocess.run(
            [self.shell, "-c", script], cwd=self.project, env=self.env | given,
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip


@pytest.fixture(params=SHELLS)
def runner(request: pytest.FixtureRequest, tmp_path: Path) -> Runner:
    env = surroundings(tmp_path)
    env["PATH"] = f"{commands(tmp_path / 'bin')}:{env['PATH']}"
    project = tmp_path / "报送 材料"
    project.mkdir()
    return Runner(project, env, request.param)


def stub(runner: Runner) -> Path:
    """In place of gouji, something that writes down what it is asked for."""
    asked = runner.project.parent / "asked.json"
    (runner.project.parent / "bin" / "gouji").write_text(
        f"#!{sys.executable}\n"
        "import json, os, pathlib, sys\n"
        "said = [sys.argv[1:], os.environ['GIT_CONFIG_VALUE_0']]\n"
        f"pathlib.Path({str(asked)!r}).write_text(json.dumps(said))\n",
        encoding="utf-8",
    )
    return asked


def test_a_contradiction_fails_the_job_and_is_in_its_reports(runner: Runner) -> None:
    for name in ("2020年/水务局 决算.txt", "--fail-on=never.txt", "$(touch made).txt"):
        report(runner.project / name, share="58.65%")

    done = runner.run()

    assert done.returncode == 1, done.stderr
    assert "没有通过" in done.stderr
    assert "58.65%" in done.stdout
    reports = job()["artifacts"]["reports"]
    quality = json.loads((runner.project / reports["codequality"]).read_text(encoding="utf-8"))
    assert {one["location"]["path"] for one in quality} == {
        "2020年/水务局 决算.txt", "--fail-on=never.txt", "$(touch made).txt",
    }  # fmt: skip
    cases = etree.parse(runner.project / reports["junit"])
    assert len(cases.findall(".//failure")) == 3
    assert not (runner.project / "made").exists()


def test_a_sound_report_passes_and_only_its_folder_is_checked(runner: Runner) -> None:
    report(runner.project / "甲 局" / "决算.txt")
    report(runner.project / "乙局" / "决算.txt", share="58.65%")

    done = runner.run(GOUJI_FILES="甲 局")

    assert done.returncode == 0, done.stdout
    written = json.loads((runner.project / "gouji-report/report.json").read_text("utf-8"))
    assert [one["path"] for one in written["documents"]] == ["甲 局/决算.txt"]


def test_of_a_merge_request_only_what_it_changed_is_checked(runner: Runner) -> None:
    """In an image that runs as another user than the one who made the checkout, too."""
    report(runner.project / "林业局" / "决算.txt", share="58.65%")
    report(runner.project / "水务局" / "决算.txt")
    base = committed(runner.project, runner.env)
    report(runner.project / "水务局" / "决算.txt", entertaining="3.68")
    committed(runner.project, runner.env)

    done = runner.run(CI_MERGE_REQUEST_DIFF_BASE_SHA=base, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")

    assert done.returncode == 1, done.stderr
    assert "水务局/决算.txt" in done.stdout
    assert "58.65%" not in done.stdout


def test_variables_become_options(runner: Runner) -> None:
    asked = stub(runner)

    done = runner.run(
        GOUJI_FILES="报送 材料/\n\n--odd.docx\n$(touch made)", GOUJI_FAIL_ON="warning",
        GOUJI_MIN_COVERAGE="0.7", GOUJI_BASELINE="基线 2020.json", GOUJI_WAIVERS="豁免.yaml",
        GOUJI_ARGS="--rules=本局 规则\n--preview", CI_MERGE_REQUEST_DIFF_BASE_SHA="a1b2c3",
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    given, safe = json.loads(asked.read_text(encoding="utf-8"))
    assert given[given.index("--") + 1 :] == ["报送 材料/", "--odd.docx", "$(touch made)"]
    options = given[1 : given.index("--")]
    assert [word for word in options if "=" in word or word == "--preview"] == [
        "--since=a1b2c3", "--fail-on=warning", "--min-coverage=0.7",
        "--baseline=基线 2020.json", "--waivers=豁免.yaml", "--rules=本局 规则", "--preview",
    ]  # fmt: skip
    assert safe == str(runner.project)
    assert not (runner.project / "made").exists()


@pytest.mark.parametrize(
    ("since", "base", "wanted"),
    [
        ("", "", []),
        ("0", "a1b2c3", []),
        ("0" * 40, "", []),
        ("v1", "a1b2c3", ["--since=v1"]),
    ],
)
def test_what_it_is_compared_with(
    runner: Runner, since: str, base: str, wanted: list[str]
) -> None:
    asked = stub(runner)

    runner.run(GOUJI_SINCE=since, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)

    given, _ = json.loads(asked.read_text(encoding="utf-8"))
    assert [word for word in given if word.startswith("--since")] == wanted


def test_without_gouji_it_is_installed_or_asked_for(runner: Runner) -> None:
    """An image without gouji: pip installs what is named; nothing named is said so."""
    bin_ = runner.project.parent / "bin"
    (bin_ / "gouji").unlink()
    path = runner.project.parent / "path"
    path.mkdir()
    for name in ("mkdir", "cat"):
        found = shutil.which(name)
        assert found is not None
        (path / name).symlink_to(found)
    python = path / "python"
    python.write_text(
        f'#!/bin/sh\necho "$*" >>"{path}/asked"\n'
        f'printf "#!/bin/sh\\n" >"{path}/gouji"; /bin/chmod +x "{path}/gouji"\n',
        encoding="utf-8",
    )
    python.chmod(0o755)
    shell = shutil.which(runner.shell)
    assert shell is not None
    bare = Runner(runner.project, runner.env | {"PATH": str(path)}, shell)

    nothing = bare.run()
    named = bare.run(GOUJI_PACKAGE="gouji @ git+https://example.cn/勾 稽")

    assert nothing.returncode != 0
    assert "GOUJI_PACKAGE" in nothing.stderr
    assert named.returncode == 0, named.stderr
    (asked,) = (path / "asked").read_text(encoding="utf-8").splitlines()
    assert asked.startswith("-m pip install ")
    assert asked.endswith(" gouji @ git+https://example.cn/勾 稽")


def test_the_template_and_the_examples_keep_to_the_schema(tmp_path: Path) -> None:
    fences = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    paths = [TEMPLATE]
    for number, text in enumerate(fences):
        paths.append(tmp_path / f"{number}.yml")
        paths[-1].write_text(text, encoding="utf-8")

    done = subprocess.run(
        [
            sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci",
            *map(str, paths),
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert len(paths) > 2
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_variable_is_on_the_page_and_is_used() -> None:
    text = PAGE.read_text(encoding="utf-8")
    script = "\n".join([*job()["before_script"], *job()["script"], str(job()["image"])])
    variables = {name for name in job()["variables"] if name.startswith("GOUJI_")}

    assert set(re.findall(r"^\| `(GOUJI_\w+)`", text, re.MULTILINE)) == variables
    assert set(re.findall(r"GOUJI_(?!LINES)\w+", script)) == variables
