"""The guide from an empty folder to a workbook, followed word for word."""

from __future__ import annotations

import importlib.util
import shutil
import sysconfig
from pathlib import Path

import openpyxl
import pytest

from tests.docs.pages import ROOT, Command, File, Terminal, sections, write

PAGE = (ROOT / "docs/make-your-own.md").read_text(encoding="utf-8")
SECTIONS = dict(sections(PAGE))
INSTALLING, *MAKING, CHECKING = SECTIONS

# What is installed already serves here too, so that nothing has to be fetched.
NOTHING_FETCHED = {
    "PIP_NO_DEPS": "1",
    "PIP_NO_BUILD_ISOLATION": "0",
    "PIP_NO_INDEX": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PYTHONPATH": sysconfig.get_path("purelib"),
}


def follow(section: str, terminal: Terminal, folder: Path, words: dict[str, str]) -> None:
    """Do what a section says; `words` are those that stand for something of one's own."""
    for step in SECTIONS[section]:
        if isinstance(step, File):
            write(folder, File(step.path, replaced(step.content, words)))
            continue
        done = terminal.run(replaced(step.text, words), folder)
        assert done.returncode == step.code, f"{step.text}\n{done.stdout}"
        if step.answer is not None:
            assert done.stdout == step.answer, step.text


def replaced(text: str, words: dict[str, str]) -> str:
    for word, meant in words.items():
        text = text.replace(word, meant)
    return text


@pytest.fixture
def garden(terminal: Terminal, tmp_path: Path) -> Path:
    """The package of the guide, with all done but the installing and the checking."""
    folder = tmp_path / "garden"
    folder.mkdir()
    for section in MAKING:
        follow(section, terminal, folder, {})
    return folder


def test_every_command_answers_what_the_guide_says_and_a_workbook_comes_out(garden: Path) -> None:
    book = openpyxl.load_workbook(garden / "dist/garden.xlsx")
    assert {"What grows where", "Beds", "Plants", "Codes"} <= set(book.sheetnames)
    read = [[cell.value for cell in row] for row in book["What grows where"].iter_rows()]
    assert read[1][:3] == ["Herb spiral", "Full sun", "Mint"]


def test_the_guide_shows_the_answer_of_every_command_that_says_something() -> None:
    silent = [
        step.text
        for section in MAKING
        for step in SECTIONS[section]
        if isinstance(step, Command) and step.answer is None
    ]
    assert all("--quiet" in text for text in silent), silent


def test_the_plain_frictionless_command_accepts_the_package(
    terminal: Terminal, garden: Path
) -> None:
    assert "`frictionless validate datapackage.json`" in PAGE
    done = terminal.run("python -m frictionless validate datapackage.json", garden)
    assert done.returncode == 0, done.stdout


@pytest.fixture
def address(terminal: Terminal, tmp_path: Path) -> str:
    """That of a repository with this project as it lies here."""
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed")
    folder = tmp_path / "sheetpack"
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=lambda *_: ["__pycache__"])
    for name in (".pre-commit-hooks.yaml", "LICENSE", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    done = terminal.run(
        "git init -q && git add . && git commit -qm 'Engine' && git tag v1.0", folder
    )
    assert done.returncode == 0, done.stdout
    return folder.as_uri()


def test_the_engine_installs_as_the_guide_says(
    terminal: Terminal, tmp_path: Path, address: str
) -> None:
    words = {"ADDRESS": address}
    steps = [replaced(step.text, words) for step in SECTIONS[INSTALLING]]
    empty = tmp_path / "empty"
    empty.mkdir()
    terminal.variables |= NOTHING_FETCHED
    (terminal.programs / "sheetpack").unlink()
    done = terminal.run("\n".join([*steps, "command -v sheetpack", "sheetpack --help"]), empty)
    assert done.returncode == 0, done.stdout
    assert str(empty / "garden/.venv/bin/sheetpack") in done.stdout
    assert "validate" in done.stdout


@pytest.mark.skipif(
    importlib.util.find_spec("pre_commit") is None, reason="pre-commit is not installed"
)
def test_the_hooks_run_as_the_guide_says_and_let_nothing_wrong_through(
    terminal: Terminal, garden: Path, address: str
) -> None:
    terminal.variables |= NOTHING_FETCHED
    follow(CHECKING, terminal, garden, {"ADDRESS": address, "REVISION": "v1.0"})
    plants = garden / "data/plants.csv"
    good = plants.read_text("utf-8")
    commit = "git commit --quiet --all --message 'More'"

    plants.write_text(good.replace("long-bed", "longbed"), "utf-8")
    done = terminal.run(commit, garden)
    assert done.returncode == 1
    assert "“longbed” does not exist" in done.stdout

    plants.write_bytes(good.replace("\n", "\r\n").encode())
    done = terminal.run(commit, garden)
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stdout
    assert plants.read_text("utf-8") == good

    plants.write_text(good.replace(",12\n", ",15\n"), "utf-8")
    done = terminal.run(commit, garden)
    assert done.returncode == 1
    assert "dist/garden.xlsx" in done.stdout
