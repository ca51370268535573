"""The guide for the person who merges: everything in it is done, and the answers compared."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.docs.pages import ROOT, File, Terminal, sections, steps, write
from tests.editing import Book, column, edit, row

PAGE = (ROOT / "docs/merge-edits.md").read_text("utf-8")
GARDEN = (ROOT / "docs/make-your-own.md").read_text("utf-8")
HEAD = "| Sheet | Row | Column | What is written there |\n| --- | --- | --- | --- |\n"
NOTE = "*(note)* "
NEW = " *(new, below the others)*"


def edits(words: str) -> list[list[str]]:
    """The table of what somebody does in a workbook, if there is one."""
    if HEAD not in words:
        return []
    table = words.split(HEAD)[1].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


def make(book: Book, sheet_name: str, key: str, header: str, words: str) -> None:
    """Do what a line of such a table says."""
    sheet = book[sheet_name]
    if words == "*(row deleted)*":
        sheet.delete_rows(row(sheet, key))
        for cell in sheet["A"]:  # the links of the rows below stay behind otherwise
            if cell.hyperlink:
                cell.hyperlink.ref = cell.coordinate
        return
    if key.endswith(NEW):
        key = key.removesuffix(NEW)
        sheet.cell(len(list(filter(None, (cell.value for cell in sheet["A"])))) + 1, 1).value = key
    cell = sheet.cell(row(sheet, key), column(sheet, header))
    if words == "*(note taken out)*":
        cell.comment = None
    elif words.startswith(NOTE):
        cell.comment = Comment(words.removeprefix(NOTE), "Eve")
    else:
        cell.value = int(words) if words.isdigit() else words


@pytest.fixture
def garden(terminal: Terminal, tmp_path: Path) -> Path:
    """The package of the other guide, built and committed, sent to three people."""
    folder = tmp_path / "garden"
    folder.mkdir()
    for step in steps(GARDEN):
        if isinstance(step, File) and not step.path.startswith(".pre-commit"):
            write(folder, step)
    start = "sheetpack build --quiet && git init -q && git add . && git commit -qm 'Our garden'"
    done = terminal.run(start, folder)
    assert done.returncode == 0, done.stdout
    for person in ("eve", "ben", "cara"):
        shutil.copy(folder / "dist/garden.xlsx", tmp_path / f"garden-{person}.xlsx")
    edit(tmp_path / "garden-cara.xlsx", leave_only_plants)
    return folder


def leave_only_plants(book: Book) -> None:
    for name in book.sheetnames:
        if name != "Plants":
            del book[name]


def test_every_command_answers_what_the_guide_says(terminal: Terminal, garden: Path) -> None:
    texts = dict(zip((name for name, _ in sections(PAGE)), PAGE.split("\n## ")[1:], strict=True))
    for section, found in sections(PAGE):
        books = re.findall(r"\.\./(garden-[a-z]+\.xlsx)", texts[section])
        for line in edits(texts[section]):
            edit(garden.parent / books[0], lambda book, line=line: make(book, *line))
        for step in found:
            done = terminal.run(step.text, garden)
            assert done.returncode == step.code, f"{step.text}\n{done.stdout}"
            if step.answer is not None:
                assert done.stdout == step.answer, step.text
    plants = (garden / "data/plants.csv").read_text("utf-8")
    assert plants == (
        "plant_id,name,bed_id,sown,number\n"
        "garlic,Garlic,herb-spiral,2023-10-28,50\n"
        "sage,Sage,herb-spiral,2019-04-13,3\n"
        "beans,Runner beans,long-bed,2024-05-12,20\n"
        "thyme,Thyme,herb-spiral,,4\n"
    )
    for name in ("garden-eve-problems.xlsx", "garden-ben-conflicts.xlsx"):
        first = openpyxl.load_workbook(garden.parent / name).sheetnames[0]
        assert first in ("Problems", "Conflicts")


def said() -> dict[str, tuple[str, str]]:
    """What can be said about a value that a spreadsheet changed, as the page shows it."""
    messages = tomllib.loads((ROOT / "scripts/sheetpack/messages.toml").read_text("utf-8"))
    kinds = {"repaired": "undone", "noted": "told", "asked": "asked"}
    found = {}
    for code, words in messages.items():
        if kind := kinds.get(code.split("-")[0]):
            shown = [re.sub(r"\{\w+\}", "…", words.get(part, "")) for part in ("message", "hint")]
            found[code] = (kind, *shown)
    return found


def test_all_that_is_said_about_changed_values_stands_in_the_guide() -> None:
    lines = [f"| {' | '.join(words)} |" for words in said().values()]
    shown = PAGE.split("| | what it says | what to do |\n| --- | --- | --- |\n")[1]
    assert shown.split("\n\n")[0].splitlines() == lines
