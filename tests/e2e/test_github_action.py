"""The GitHub action: its scripts run as on a runner, its files keep to GitHub's schemas."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from small_gate import ROOT, commands, committed, report, surroundings

ACTION = ROOT / "action.yml"
SCRIPTS = ROOT / "integrations" / "github"
PAGE = ROOT / "docs" / "github.md"
HOSTILE = "::add-mask::云岭"
"""As a file name and as text: GitHub must not take it for a command."""
ALLOWED = {"error", "warning", "notice", "group", "endgroup"}
_COMMAND = re.compile(r"\s*::([\w-]+)")
_LEGACY = re.compile(r"##\[([\w-]+)")
pytestmark = pytest.mark.skipif(
    shutil.which("bash") is None or sys.platform == "win32", reason="needs bash"
)


def action() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    return loaded


@dataclass(frozen=True, slots=True)
class Done:
    """What a step left behind."""

    code: int
    log: str
    summary: str
    outputs: dict[str, str] = field(default_factory=dict)

    def obeyed(self) -> set[str]:
        """The commands in the log that a runner obeys."""
        found, stopped = set(), ""
        for line in self.log.splitlines():
            if stopped:
                stopped = "" if line.strip() == f"::{stopped}::" else stopped
                continue
            given = _COMMAND.match(line) or _LEGACY.search(line)
            if given is None:
                continue
            if given[1] == "stop-commands":
                stopped = line.strip().rpartition("::")[2]
            else:
                found.add(given[1])
        return found


@dataclass(frozen=True, slots=True)
class Runner:
    """A machine that runs the step."""

    workspace: Path
    temp: Path
    env: dict[str, str]

    def check(self, **inputs: str) -> Done:
        given = {f"INPUT_{name.upper()}": value for name, value in inputs.items()}
        output, summary = self.temp / "output", self.temp / "summary"
        for path in (output, summary):
            path.write_text("", encoding="utf-8")
        done = subprocess.run(
            ["bash", str(SCRIPTS / "check.sh")], cwd=self.workspace, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
            env={
                **self.env, **given, "GITHUB_WORKSPACE": str(self.workspace),
                "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary),
                "RUNNER_TEMP": str(self.temp),
            },
        )  # fmt: skip
        words = output.read_text(encoding="utf-8")
        assert self.leftovers() == []
        return Done(
            done.returncode,
            done.stdout,
            summary.read_text(encoding="utf-8"),
            read_outputs(words),
        )

    def leftovers(self) -> list[Path]:
        return list(self.temp.glob("gouji-check.*"))


def read_outputs(text: str) -> dict[str, str]:
    """The outputs of a step, as GitHub reads ``name<<end`` blocks."""
    found, lines = {}, iter(text.splitlines())
    for line in lines:
        name, _, end = line.partition("<<")
        assert end, f"no block: {line}"
        value = []
        for inner in lines:
            if inner == end:
                break
            value.append(inner)
        found[name] = "\n".join(value)
    return found


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    temp, workspace = tmp_path / "runner temp", tmp_path / "报送 材料"
    commands(temp / "gouji" / "bin")
    workspace.mkdir()
    return Runner(workspace, temp, surroundings(tmp_path))


def stub(runner: Runner, code: int = 0, said: str = "") -> Path:
    """In place of gouji, something that writes down what it is asked for."""
    asked = runner.temp / "asked.json"
    path = runner.temp / "gouji" / "bin" / "gouji"
    path.write_text(
        f"#!{sys.executable}\n"
        "import json, pathlib, sys\n"
        f"pathlib.Path({str(asked)!r}).write_text(json.dumps(sys.argv[1:]))\n"
        f"print({said!r}, file=sys.stderr)\n"
        f"sys.exit({code})\n",
        encoding="utf-8",
    )
    return asked


def test_a_contradiction_fails_the_step_and_is_told_everywhere(runner: Runner) -> None:
    report(runner.workspace / "2020年" / "水务局 决算.txt", share="58.65%")
    report(runner.workspace / "2020年" / "林业局 决算.txt")

    done = runner.check(files="2020年", sarif="结果/勾稽 结果.sarif")

    assert done.code == 1
    assert done.outputs["verdict"] == "findings"
    assert done.outputs["exit-code"] == "1"
    assert done.outputs["coverage"] == "1.0000"
    assert done.outputs["sarif"] == "结果/勾稽 结果.sarif"
    sarif = json.loads((runner.workspace / "结果/勾稽 结果.sarif").read_text(encoding="utf-8"))
    assert len(sarif["runs"][0]["results"]) >= 1
    assert "58.65%" in done.summary
    annotated = [line for line in done.log.splitlines() if line.startswith("::error ")]
    assert any("file=2020年/水务局 决算.txt," in line for line in annotated)
    assert not any("林业局" in line for line in annotated)
    assert done.obeyed() <= ALLOWED


def test_a_sound_report_passes(runner: Runner) -> None:
    report(runner.workspace / "决算.txt")

    done = runner.check(summary="false", annotations="false")

    assert done.code == 0
    assert done.outputs == {
        "verdict": "clean", "exit-code": "0", "coverage": "1.0000", "sarif": "",
    }  # fmt: skip
    assert done.summary == ""
    assert done.obeyed() == set()
    assert "没有发现问题" in done.log


def test_of_a_pull_request_only_what_it_changed_is_checked(runner: Runner) -> None:
    report(runner.workspace / "林业局" / "决算.txt", share="58.65%")
    report(runner.workspace / "水务局" / "决算.txt")
    base = committed(runner.workspace, runner.env)
    report(runner.workspace / "水务局" / "决算.txt", entertaining="3.68")
    committed(runner.workspace, runner.env)

    done = runner.check(since=base)

    assert done.code == 1
    assert "file=水务局/决算.txt," in done.log
    assert "58.65%" not in done.log


def test_no_name_and_no_text_is_a_command(runner: Runner) -> None:
    """Names for the shell, for gouji and for GitHub; text of a report that speaks to GitHub."""
    files = ["$(touch made).txt", "`touch made`;touch made;.txt", "--fail-on=never.txt"]
    for name in [*files, f"{HOSTILE}.txt", "甲\n::set-output name=verdict::clean.txt"]:
        path = report(runner.workspace / name, share="58.65%")
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("占58.65%", f"占58.65%\n{HOSTILE}##[add-mask]"), encoding="utf-8"
        )
    (runner.workspace / f"{HOSTILE}坏了.docx").write_bytes(b"PK")

    done = runner.check()

    assert done.code == 2
    assert done.outputs["verdict"] == "incomplete"
    assert done.obeyed() <= ALLOWED
    assert HOSTILE in done.log
    assert not (runner.workspace / "made").exists()
    assert all(name in done.log for name in files)


def test_inputs_become_options(runner: Runner) -> None:
    asked = stub(runner)

    runner.check(
        files="报送 材料/\n\n--odd.docx\r\n$(touch made)", fail_on="warning", min_coverage="0.7",
        baseline="基线 2020.json", waivers="豁免.yaml", since="origin/main",
        args="--rules=本局 规则\n--preview", sarif="a.sarif",
    )  # fmt: skip

    given = json.loads(asked.read_text(encoding="utf-8"))
    assert given[0] == "check"
    assert given[given.index("--") + 1 :] == ["报送 材料/", "--odd.docx", "$(touch made)"]
    options = given[1 : given.index("--")]
    formats = {
        options[at + 1].partition(":")[0]
        for at, word in enumerate(options)
        if word == "--format"
    }
    assert formats == {"json", "terminal", "markdown", "github", "sarif"}
    assert [word for word in options if "=" in word or word == "--preview"] == [
        "--fail-on=warning", "--min-coverage=0.7", "--baseline=基线 2020.json",
        "--waivers=豁免.yaml", "--since=origin/main", "--rules=本局 规则", "--preview",
    ]  # fmt: skip
    assert not (runner.workspace / "made").exists()


@pytest.mark.parametrize("since", ["", "0" * 40])
def test_a_new_branch_is_checked_whole(runner: Runner, since: str) -> None:
    asked = stub(runner)

    runner.check(since=since)

    given = json.loads(asked.read_text(encoding="utf-8"))
    assert not any("--since" in word for word in given)
    assert given[-2:] == ["--", "."]


def test_a_refusal_is_annotated(runner: Runner) -> None:
    stub(runner, 2, f"没有文件夹“100%”\n{HOSTILE} 写错了 5%")

    done = runner.check(sarif="a.sarif")

    assert done.code == 2
    assert done.outputs["verdict"] == "incomplete"
    assert done.outputs["sarif"] == ""
    assert f"::error title=gouji::{HOSTILE} 写错了 5%25" in done.log
    assert done.obeyed() == {"error"}


def test_gouji_comes_from_the_checkout_of_the_action(tmp_path: Path) -> None:
    """An environment of its own: what later steps find on the path stays the same."""
    asked, bin_ = tmp_path / "asked", tmp_path / "bin"
    bin_.mkdir()
    python = bin_ / "python"
    python.write_text(
        "#!/bin/sh\n"
        f'echo "$*" >>"{asked}"\n'
        'if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python";'
        ' cp "$0" "$3/bin/gouji"; fi\n',
        encoding="utf-8",
    )
    python.chmod(0o755)
    temp = tmp_path / "runner temp"
    temp.mkdir()
    before = sorted(tmp_path.rglob("*"))

    subprocess.run(
        ["bash", str(SCRIPTS / "install.sh")], check=True, cwd=tmp_path,
        env={
            "PATH": os.pathsep.join([str(bin_), os.environ["PATH"]]),
            "RUNNER_TEMP": str(temp), "GITHUB_ACTION_PATH": "/下载的 动作",
        },
    )  # fmt: skip

    venv, install, version = asked.read_text(encoding="utf-8").splitlines()
    assert venv == f"-m venv {temp}/gouji"
    assert install.startswith("-m pip install ")
    assert install.endswith(" /下载的 动作")
    assert version == "--version"
    made = set(tmp_path.rglob("*")) - set(before) - {asked}
    assert all(path.is_relative_to(temp) for path in made)


def test_inputs_reach_the_scripts_by_variables_only() -> None:
    """What a script is made of may not depend on an input: it could be a command."""
    steps = action()["runs"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    passed = {
        value
        for step in steps
        for value in [
            *step.get("env", {}).values(),
            *step.get("with", {}).values(),
            step.get("if", ""),
        ]
    }

    assert scripts
    assert [script for script in scripts if "${{" in script] == []
    unused = [
        name
        for name in action()["inputs"]
        if not any(f"inputs.{name} " in str(one) for one in passed)
    ]
    assert unused == []
    text = (SCRIPTS / "check.sh").read_text(encoding="utf-8")
    variables = {name for step in steps for name in step.get("env", {})}
    assert set(re.findall(r"INPUT_\w+", text)) == variables
    written = set(re.findall(r"^ *output ([\w-]+)", text, re.MULTILINE))
    assert set(action()["outputs"]) == written


def schema_faults(schema: str, *paths: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, paths)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr if done.returncode else ""


def test_the_action_keeps_to_its_schema() -> None:
    assert schema_faults("vendor.github-actions", ACTION) == ""


def test_the_workflows_of_the_page_are_workflows(tmp_path: Path) -> None:
    fences = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    whole = [text for text in fences if text.startswith("name:")]
    paths = []
    for number, text in enumerate(whole):
        paths.append(tmp_path / f"{number}.yml")
        paths[-1].write_text(text, encoding="utf-8")

    assert paths
    assert schema_faults("vendor.github-workflows", *paths) == ""
    used = [
        step
        for text in whole
        for job in yaml.safe_load(text)["jobs"].values()
        for step in job["steps"]
        if "<" in step.get("uses", "")
    ]
    assert used
    assert {key for step in used for key in step.get("with", {})} <= set(action()["inputs"])


def test_every_input_and_output_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([\w-]+)`", text, re.MULTILINE))

    assert told == set(action()["inputs"]) | set(action()["outputs"])


@pytest.mark.parametrize("script", sorted(SCRIPTS.glob("*.sh")), ids=lambda path: path.name)
def test_the_scripts_are_sound(script: Path) -> None:
    program = shutil.which("shellcheck", path=str(Path(sys.executable).parent))
    assert program is not None, "pip install '.[test]' brings shellcheck"

    done = subprocess.run([program, str(script)], capture_output=True, text=True, check=False)

    assert done.stdout == ""
