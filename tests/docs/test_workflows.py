"""The workflows for GitHub: what their steps print, run in a repository made for the purpose."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.pages import ROOT, File, Terminal, steps, write

TO_COPY = ROOT / "docs/ci/data.yml"
OURS = ROOT / ".github/workflows/ci.yml"
WORKFLOWS = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in (TO_COPY, OURS)}
COPIED = WORKFLOWS[TO_COPY.name]
GARDEN = (ROOT / "docs/make-your-own.md").read_text("utf-8")
MARK = "<!-- what changes in the data -->"


def step(job: str, word: str) -> str:
    """The commands of the step whose name holds that word."""
    (found,) = [
        each["run"]
        for each in COPIED["jobs"][job]["steps"]
        if "run" in each and word in each["name"]
    ]
    return found


@pytest.fixture
def garden(terminal: Terminal, tmp_path: Path) -> Path:
    """A repository with the package of the guide, committed once."""
    folder = tmp_path / "garden"
    folder.mkdir()
    for each in steps(GARDEN):
        if isinstance(each, File):
            write(folder, each)
    commit(terminal, folder)
    terminal.variables |= COPIED["env"] | {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    return folder


def commit(terminal: Terminal, folder: Path) -> None:
    done = terminal.run("git init -q && git add . && git commit -qm 'A change'", folder)
    assert done.returncode == 0, done.stdout


def plant(folder: Path, old: str, new: str) -> None:
    path = folder / "data/plants.csv"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_a_proposed_change_is_told_cell_by_cell(
    terminal: Terminal, garden: Path, tmp_path: Path
) -> None:
    plant(garden, ",12\n", ",15\n")
    commit(terminal, garden)
    done = terminal.run(step("data", "changes"), garden)
    assert done.returncode == 0, done.stdout
    told = (garden / "changes.md").read_text("utf-8")
    assert told.startswith(f"{MARK}\n## What this changes in the data\n\n| Sheet |")
    assert "| Changed | row 5, beans | **number:** 12 → 15 |" in told
    assert (tmp_path / "summary.md").read_text("utf-8") == told


def test_what_cannot_be_compared_is_told_in_words_and_stops_nothing(
    terminal: Terminal, garden: Path
) -> None:
    """As on the pull request that brings the package in."""
    done = terminal.run(
        "git mv datapackage.json later.json && git commit -qam 'None' && "
        "git mv later.json datapackage.json && git commit -qam 'First'",
        garden,
    )
    assert done.returncode == 0, done.stdout
    done = terminal.run(step("data", "changes"), garden)
    assert done.returncode == 0, done.stdout
    told = (garden / "changes.md").read_text("utf-8")
    assert "there was no datapackage.json" in told.replace("\\", "")


def test_right_data_passes_and_becomes_a_workbook(terminal: Terminal, garden: Path) -> None:
    for word in ("Validate", "Build"):
        done = terminal.run(step("data", word), garden)
        assert done.returncode == 0, done.stdout
    assert (garden / "built/garden.xlsx").is_file()


def test_wrong_data_fails_beside_its_line(terminal: Terminal, garden: Path) -> None:
    plant(garden, "garlic,Garlic,long-bed", "garlic,Garlic,longbed")
    done = terminal.run(step("data", "Validate"), garden)
    assert done.returncode == 1
    assert "::error file=data/plants.csv,line=2,title=" in done.stdout


FAKE = """#!/bin/sh
# Stands in for GitHub's program: lists the comments of a file, keeps what is sent.
for word; do
  case "$before" in
    --jq) jq --raw-output "$word" "$HOME/comments.json"; exit ;;
    --method) method=$word ;;
    --input) cp "$word" "$HOME/sent.json" ;;
  esac
  case "$word" in repos/*) address=$word ;; esac
  before=$word
done
echo "$method $address" > "$HOME/called"
"""


def said(login: str, words: str, number: int) -> dict[str, Any]:
    return {"id": number, "user": {"login": login}, "body": words}


@pytest.mark.skipif(not shutil.which("jq"), reason="jq is not installed")
@pytest.mark.parametrize(
    ("comments", "called"),
    [
        ([], "POST repos/us/garden/issues/7/comments"),
        ([said("github-actions[bot]", "Thanks!", 1)], "POST repos/us/garden/issues/7/comments"),
        ([said("eve", f"{MARK}\nmine", 2)], "POST repos/us/garden/issues/7/comments"),
        (
            [said("eve", "Hello", 3), said("github-actions[bot]", f"{MARK}\nold", 4)],
            "PATCH repos/us/garden/issues/comments/4",
        ),
    ],
    ids=["none", "another of the robot's", "one that looks like it", "its own"],
)
def test_there_is_one_comment_and_it_is_kept_up_to_date(
    terminal: Terminal, tmp_path: Path, comments: list[dict[str, Any]], called: str
) -> None:
    home = Path(terminal.variables["HOME"])
    (home / "comments.json").write_text(json.dumps(comments))
    program = terminal.programs / "gh"
    program.write_text(FAKE)
    program.chmod(0o755)
    words = f"{MARK}\n" + "“ünd”\n" * 20_000
    (tmp_path / "changes.md").write_text(words, "utf-8")
    address = {"COMMENTS": "repos/us/garden/issues/7/comments"}
    done = terminal.run(step("comment", "comment"), tmp_path, address)
    assert done.returncode == 0, done.stdout
    assert (home / "called").read_text().strip() == called
    assert json.loads((home / "sent.json").read_text("utf-8")) == {"body": words[:65_000]}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_what_was_proposed_never_runs_where_it_could_write(name: str) -> None:
    workflow = WORKFLOWS[name]
    assert set(workflow[True]) == {"push", "pull_request"}  # YAML takes `on` for a truth
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        uses = [each.get("uses", "") for each in job["steps"]]
        if "permissions" in job:
            assert job["permissions"] == {"pull-requests": "write"}
            assert "head.repo.full_name == github.repository" in job["if"]
            assert not any("checkout" in each for each in uses)
        for each in job["steps"]:
            if "checkout" in each.get("uses", ""):
                assert each["with"]["persist-credentials"] is False
            # What somebody proposed reaches a command as a variable only, never as its text.
            assert "${{" not in each.get("run", "")
        assert all(each.startswith("actions/") for each in uses if each)


def test_this_project_tells_and_builds_as_it_advises_others() -> None:
    ours = WORKFLOWS[OURS.name]["jobs"]
    assert ours["comment"] == COPIED["jobs"]["comment"]
    known = [json.dumps(each).replace(".venv/bin/", "") for each in ours["data"]["steps"]]
    special = ("checkout", "setup-python", "Install")
    for each in COPIED["jobs"]["data"]["steps"]:
        advised = json.dumps(each)
        assert advised in known or any(word in advised for word in special), advised


@pytest.mark.parametrize("path", [TO_COPY, OURS], ids=lambda path: path.name)
def test_a_workflow_is_one_by_the_schema_of_such_files(path: Path, terminal: Terminal) -> None:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    command = f"python -m check_jsonschema --builtin-schema vendor.github-workflows '{path}'"
    done = terminal.run(command, ROOT)
    assert done.returncode == 0, done.stdout


def test_the_guide_names_the_workflow_and_its_one_marked_line() -> None:
    assert "(ci/data.yml)" in GARDEN
    lines = TO_COPY.read_text("utf-8").splitlines()
    marked = [line for line in lines if "ADDRESS" in line and not line.startswith("#")]
    assert marked == ["  ENGINE: git+ADDRESS"]
