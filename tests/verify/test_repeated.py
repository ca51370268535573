"""Words of the texts in the files of the project."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import unicodedata
import zipfile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from sheetpack.verify import project, runs
from sheetpack.verify.runs import BREAK

from .conftest import places

RUN = "fed with the crusts of the keeper’s breakfast"  # “keeper’s” is two words, so nine
SEVEN = "with the crusts of the keeper’s"


def test_a_run_in_a_cell_is_told_at_the_cell(island):
    island.replace("data/facts.csv", "Two birds bear", f"Two birds {RUN} bear")
    (issue,) = island.found()
    assert places([issue]) == [("run", "facts", 3, "statement")]
    assert "9 words" in issue["message"]
    assert "Lighthouse ¶5" in issue["message"]


def test_seven_words_are_free(island):
    island.replace("data/facts.csv", "Two birds bear", f"Two birds {SEVEN} bear")
    assert island.found() == []


def test_how_many_are_free_is_a_setting(island):
    island.replace("datapackage.json", '"longestRun": 7', '"longestRun": 6')
    island.replace("data/facts.csv", "Two birds bear", f"Two birds {SEVEN} bear")
    assert [issue["code"] for issue in island.found()] == ["run"]


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("README.md", f"# Island\n\nThey are {RUN}.\n", 3),
        ("wrapped.md", f"x\n{RUN.replace(' ', chr(10), 3)}\n", 2),
        ("script.py", f'print("""{RUN}""")\n', 1),
        ("page.html", f"<p>They are</p>\n<p>{RUN.replace('crusts', '<b>crusts</b>')}</p>", 2),
        ("comment.html", f"<p>\n<!-- {RUN} --></p>", 2),
        ("escaped.json", json.dumps(RUN), 1),
        ("utf-16.txt", RUN.encode("utf-16"), 1),
        ("other.csv", f'a,b\nx,"{RUN}"\n', 2),
        ("after-a-long-cell.csv", f'a;b\n"x\ny";"{RUN}"\n', 3),
        ("damaged.zip", f"PK\x03\x04 {RUN}", 1),
        ("no-text.bin", b"\x00\xff\n" + RUN.encode(), 2),
        (".hidden", RUN, 1),
    ],
)
def test_a_run_in_a_file_is_told_with_its_line(island, name, content, line):
    island.write(name, content)
    (issue,) = island.found()
    assert (issue["code"], issue["file"]) == ("run", name)
    assert f"Line {line} " in issue["message"]


def test_the_descriptor_and_the_list_of_what_is_not_coded_are_no_exception(island):
    island.replace("datapackage.json", "What two texts say", RUN)
    island.replace("validation/not-coded.csv", "island,1,Title", f"island,1,{RUN}")
    assert [issue["file"] for issue in island.found()] == [
        "datapackage.json",
        "validation/not-coded.csv",
    ]


def test_neighbouring_cells_are_not_read_as_one_sentence(island):
    first, second = RUN[:18], RUN[18:]
    island.write("other.csv", f'a,b\n"{first}","{second}"\n')
    assert island.found() == []


def workbook(fill) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def in_cell(book):
    book.active["B2"] = RUN


def in_rich_text(book):
    bold = TextBlock(InlineFont(b=True), RUN[14:])
    book.active["B2"] = CellRichText(RUN[:14], bold)


def in_comment(book):
    book.active["B2"].comment = Comment(RUN, "me")


def in_prompt(book):
    rule = openpyxl.worksheet.datavalidation.DataValidation(type="list", formula1='"a"', prompt=RUN)
    rule.add("A1")
    book.active.add_data_validation(rule)


def in_properties(book):
    book.properties.description = RUN


@pytest.mark.parametrize(
    ("fill", "part"),
    [
        (in_cell, "xl/worksheets/sheet1.xml"),
        (in_rich_text, "xl/worksheets/sheet1.xml"),
        (in_comment, "xl/comments/comment1.xml"),
        (in_prompt, "xl/worksheets/sheet1.xml"),
        (in_properties, "docProps/core.xml"),
    ],
)
def test_a_run_in_a_workbook_is_told_with_its_part(island, fill, part):
    island.write("book.xlsx", workbook(fill))
    found = island.found()
    assert {(issue["code"], issue["file"]) for issue in found} == {("run", "book.xlsx")}
    assert part in found[0]["message"]


def test_a_run_among_the_shared_texts_of_a_workbook_is_told(island):
    item = f"<si><r><t>{RUN[:14]}</t></r><r><rPr><b/></rPr><t>{RUN[14:]}</t></r></si>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", f"<?xml version='1.0'?><sst>{item}</sst>")
    island.write("book.xlsx", file.getvalue())
    (issue,) = island.found()
    assert "xl/sharedStrings.xml" in issue["message"]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>Pyong<b>yang</b> is</p>", ["pyongyang", "is", BREAK]),
        ("<p>one<br>two<br/>three</p>", ["one", "two", "three", BREAK]),
        ("<w:p>one<w:tab/>two</w:p><w:p>three", ["one", "two", BREAK, "three"]),
        ("<dc:a>one</dc:a><dc:b>two</dc:b>", ["one", "two"]),
        ("<a title='x y'>R&amp;D &lt;b&gt;</a>", ["r", "d", "b", "x", "y"]),
    ],
)
def test_markup_is_read_as_people_read_it(markup, words):
    assert runs.words(project.readable(markup.encode(), "x")) == words


def test_letters_of_other_scripts_are_found_in_files(island):
    russian = "маленькая рыба живёт под старым камнем у самого берега"
    island.rewrite("second.txt", "Letter to the harbour master", russian)
    for form in ("NFC", "NFD"):
        changed = unicodedata.normalize(form, f"\n«{russian.upper()}»")
        island.write("README.md", changed)
        island.write("escaped.json", json.dumps(changed))
        told = [issue for issue in island.found() if issue["code"] == "run"]
        assert {issue["file"] for issue in told} == {"README.md", "escaped.json"}
        for issue in told:
            assert russian.upper() in issue["message"]
            assert "9 words" in issue["message"]


def test_neighbouring_cells_of_a_workbook_are_not_read_as_one_sentence(island):
    def fill(book):
        book.active.append([RUN[:18], RUN[18:]])

    island.write("book.xlsx", workbook(fill))
    assert island.found() == []


def test_quotes_may_stand_anywhere_but_not_more_than_they_say(island):
    quote = "burns for ships that nobody expects any more"
    island.write("README.md", f"The lamp is said to “{quote}”.\n")
    assert island.found() == []
    island.write("README.md", f"The keeper says that the lamp “{quote}”.\n")
    assert [issue["code"] for issue in island.found()] == ["run"]


def test_a_title_may_be_repeated_where_it_is_exempt(island):
    title = "A letter to the harbour master of the northern isle"
    island.rewrite("second.txt", "Letter to the harbour master", title)
    island.replace("data/sources.csv", "Letter to the harbour master", title)
    island.write("README.md", f"We read “{title}”.\n")
    assert island.found() == []
    island.replace(
        "datapackage.json", '"exempt": [{"resource": "sources", "field": "title"}]', '"exempt": []'
    )
    assert {issue["file"] for issue in island.found()} == {"README.md", "data/sources.csv"}


def test_a_text_in_the_folder_of_the_package_is_told(island):
    shutil.copy(island.texts.path("second.txt"), island.folder)
    assert {issue["file"] for issue in island.found()} == {"second.txt"}


def test_without_git_hidden_folders_are_left_out(island):
    island.path(".venv").mkdir()
    island.write(".venv/x.txt", RUN)
    assert island.found() == []


def test_symbolic_links_are_not_followed(island):
    island.path("link.txt").symlink_to(island.texts.path("first.txt"))
    island.path("texts").symlink_to(island.texts.folder)
    assert island.found() == []


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_git_says_which_files_belong_to_the_project(island):
    def git(*arguments):
        subprocess.run(["git", *arguments], cwd=island.folder, check=True, capture_output=True)

    git("init")
    island.write(".gitignore", "ignored.txt\n")
    island.path(".hidden").mkdir()
    for name in ("ignored.txt", "new.txt", "tracked.txt", "gone.txt", ".hidden/x.txt"):
        island.write(name, RUN)
    git("add", "tracked.txt", "gone.txt")
    island.path("gone.txt").unlink()
    files = {issue["file"] for issue in island.found()}
    assert files == {"new.txt", "tracked.txt", ".hidden/x.txt"}


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_package_in_a_folder_that_git_ignores_is_searched_all_the_same(island):
    subprocess.run(["git", "init"], cwd=island.folder.parent, check=True, capture_output=True)
    island.folder.parent.joinpath(".gitignore").write_text("island/\n")
    island.write("README.md", RUN)
    assert [issue["file"] for issue in island.found()] == ["README.md"]


def test_what_cannot_be_read_is_noted(island, monkeypatch):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"a" * 9000)
        archive.writestr("b.txt", b"b" * 9000)
    island.write("bomb.zip", file.getvalue())
    damaged = bytearray(file.getvalue())
    damaged[40:44] = b"\xff\xff\xff\xff"
    island.write("damaged.zip", bytes(damaged))
    monkeypatch.setattr(project, "MOST_BYTES", 10_000)
    found = island.found()
    assert [(issue["code"], issue["file"], issue["level"]) for issue in found] == [
        ("file-unread", "bomb.zip", "warning"),
        ("file-unread", "damaged.zip", "warning"),
    ]
