from __future__ import annotations

import datetime
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment as Note

from sheetpack import build
from sheetpack.received import formats
from sheetpack.received.model import Comment, Special
from sheetpack.received.opening import open_workbook
from sheetpack.workbook.base import BASE, read_base
from tests.received.handmade import (
    MAIN,
    SHEET,
    SHEET_LINKS,
    STYLES,
    TEXTS,
    WORKBOOK,
    WORKBOOK_LINKS,
    cells,
    links,
    opened,
    sheet,
    styles,
    texts,
    workbook,
    zipped,
)
from tests.samples import PACKAGES
from tests.samples import opened as opened_package

DAY = 45_413.0  # 1 May 2024


def built(folder):
    """A workbook as we build it, and the tables it was built from."""
    package, tables = opened_package(PACKAGES / "gallery" / "datapackage.json")
    products, _ = build.products(package, tables)
    path = folder / "built.xlsx"
    path.write_bytes(products[0].content)
    return path, tables


def base_of(received):
    rows = next(sheet for sheet in received.sheets if sheet.name == BASE).read()
    return read_base([row.get(column) for column in range(1, 6)] for _, row in rows)


def texts_of(received, title):
    found = next(sheet for sheet in received.sheets if title in sheet.tables)
    return [(number, dict(row)) for number, row in found.read()]


# --- workbooks of several programs ---


def test_a_workbook_as_we_build_it_is_read(tmp_path):
    path, tables = built(tmp_path)
    received = open_workbook(path)
    assert received.file == "built.xlsx"
    assert received.left_out == ()
    book = openpyxl.load_workbook(path)
    assert [sheet.name for sheet in received.sheets] == book.sheetnames
    assert [sheet.number for sheet in received.sheets] == list(range(1, len(book.sheetnames) + 1))
    for each in received.sheets:
        theirs = book[each.name]
        assert each.hidden == (theirs.sheet_state != "visible")
        assert each.tables == {table.displayName: table.ref for table in theirs.tables.values()}
        noted = {(cell.row, cell.column) for row in theirs.rows for cell in row if cell.comment}
        assert {(note.row, note.column) for note in each.comments} == noted
        filled = {(cell.row, cell.column) for row in theirs.rows for cell in row if cell.value}
        read = {(row, column) for row, values in each.read() for column in values}
        assert filled <= read
    base = base_of(received)
    assert base.keys() == tables.keys()


def test_what_openpyxl_writes_is_read(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Été & <more>"
    page.append(["a", 1, 2.5, True, datetime.date(2024, 5, 1), datetime.datetime(2024, 5, 1, 12)])
    page.append([None, datetime.time(6), datetime.timedelta(hours=36), "=1+1", "#N/A"])
    page["C5"] = 0.5
    page["C5"].number_format = "0.0%"
    page["A1"].comment = Note("look\nhere", "Ann")
    page.merge_cells("A7:B8")
    book.create_sheet("hidden").sheet_state = "veryHidden"
    book.save(tmp_path / "made.xlsx")
    received = open_workbook(tmp_path / "made.xlsx")
    first, second = received.sheets
    assert (first.name, first.hidden, second.hidden) == ("Été & <more>", False, True)
    assert first.comments == (Comment(1, 1, "Ann", "look\nhere"),)
    assert first.read_merged() == ["A7:B8"]
    assert list(second.read()) == []
    expected = {
        1: {
            1: "a",
            2: 1.0,
            3: 2.5,
            4: True,
            5: Special(DAY, "date"),
            6: Special(DAY + 0.5, "datetime"),
        },
        2: {
            2: Special(0.25, "time"),
            3: Special(1.5, "duration"),
            4: Special(None, "", "1+1"),
            5: Special("#N/A", is_error=True),
        },
        5: {3: Special(0.5, "percent")},
    }
    assert dict(first.read()) == expected
    assert dict(first.read()) == expected, "it can be read twice"


@pytest.mark.parametrize("frugal", [False, True])
def test_what_xlsxwriter_writes_is_read(tmp_path, frugal):
    path = tmp_path / "made.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": frugal})
    page = book.add_worksheet("Data")
    day = book.add_format({"num_format": "d mmm yyyy"})
    page.write_string(0, 0, "=not a formula")
    page.write_number(0, 1, 45_413, day)
    page.write_formula(0, 2, "=SUM(B1:B1)", None, 45_413)
    page.write_formula(0, 3, '="a"&"b"', None, "ab")
    page.write_boolean(0, 4, False)
    page.write_string(1, 0, " spaced\nout _x0041_")
    page.write_array_formula(2, 0, 2, 1, "{=A1:B1}", None, 7)
    page.write_number(2, 1, 8)
    if not frugal:
        page.add_table(
            4, 0, 6, 1, {"name": "Things", "columns": [{"header": "a"}, {"header": "b"}]}
        )
    chart_sheet = book.add_chartsheet("Chart")
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=Data!$B$1:$B$1"})
    chart_sheet.set_chart(chart)
    last = book.add_worksheet("Last")
    last.write_rich_string(0, 0, "one ", book.add_format({"bold": True}), "two", " three")
    book.close()
    received = open_workbook(path)
    assert [(each.name, each.number) for each in received.sheets] == [("Data", 1), ("Last", 3)]
    data, last = received.sheets
    rows = dict(data.read())
    assert rows[1] == {
        1: "=not a formula",
        2: Special(DAY, "date"),
        3: Special(DAY, "", "SUM(B1:B1)"),
        4: Special("ab", "", '"a"&"b"'),
        5: False,
    }
    assert rows[2] == {1: " spaced\nout _x0041_"}
    assert rows[3] == {1: Special(7.0, "", "A1:B1"), 2: Special(8.0, "", "")}
    assert data.tables == ({} if frugal else {"Things": "A5:B7"})
    assert dict(last.read()) == {1: {1: "one two three"}}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_libreoffice_saves_again_is_read(tmp_path):
    path, _ = built(tmp_path)
    again = tmp_path / "again"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", again, path]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    before, after = open_workbook(path), open_workbook(again / "built.xlsx")
    assert [sheet.name for sheet in after.sheets] == [sheet.name for sheet in before.sheets]
    assert base_of(after) == base_of(before)
    for old, new in zip(before.sheets, after.sheets, strict=True):
        if old.tables and not old.hidden:
            assert new.tables == old.tables
            assert dict(new.read()) == dict(old.read()), old.name


# --- cells that no program among these writes ---


def test_texts_of_all_kinds_are_read(tmp_path):
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve"> line</t></r>'
        "<rPh><t>aid</t></rPh></is></c>"
        '<c r="D1" t="str"><v>a_x000D_b</v></c><c r="E1" t="str"><v>_x005F_x0041_</v></c>'
        '<c r="F1" t="str"><v>_xD83D__xDE00_</v></c></row>'
    )
    shared = texts(
        '<r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r><rPh sb="0" eb="1"><t>aid</t></rPh>',
        "<t>1 &lt; 2 _x0041_</t>",
    )
    assert cells(tmp_path, workbook(rows) | {TEXTS: shared}) == {
        1: {1: "rich text", 2: "1 < 2 A", 3: "in line", 4: "a\rb", 5: "_x0041_", 6: "😀"}
    }


def test_what_is_empty_counts_as_nothing(tmp_path):
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><v></v></c><c r="C1"/>'
        '<c r="D1"><v> </v></c><c r="E1" t="inlineStr"><is><t/></is></c></row>'
        '<row r="2" ht="20"/><row r="900"><c r="B900"><v>1</v></c></row>'
    )
    found = cells(tmp_path, workbook(rows) | {TEXTS: texts("<t></t>")})
    assert found == {900: {2: 1.0}}


def test_cells_and_rows_without_a_place_follow_on(tmp_path):
    rows = (
        "<row><c><v>1</v></c><c><v>2</v></c></row>"
        '<row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c r="aa6"><v>5</v></c></row>'
    )
    assert cells(tmp_path, workbook(rows)) == {
        1: {1: 1.0, 2: 2.0},
        5: {3: 3.0, 4: 4.0},
        6: {27: 5.0},
    }


def test_truths_errors_and_written_out_days_are_read(tmp_path):
    rows = (
        '<row><c t="b"><v>1</v></c><c t="b"><f>FALSE()</f><v>0</v></c>'
        '<c t="b"><f>1=1</f><v>1</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c t="d"><v>2024-05-01</v></c><c t="d"><v>2024-05-01T12:00:00Z</v></c>'
        '<c t="d"><v>06:00:00</v></c><c t="d"><v>soon</v></c><c t="b"><v>perhaps</v></c>'
        '<c t="n"><f aca="false">TRUE()</f><v>1</v></c></row>'
    )
    assert cells(tmp_path, workbook(rows))[1] == {
        1: True,
        2: False,
        3: Special(True, "", "1=1"),
        4: Special("#DIV/0!", "", "1/0", is_error=True),
        5: Special(DAY, "date"),
        6: Special(DAY + 0.5, "datetime"),
        7: Special(0.25, "time"),
        8: "soon",
        9: "perhaps",
        10: True,
    }


def test_formulas_are_told_from_values(tmp_path):
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1</f>'
        '<v>2</v></c><c r="C1"><f t="array" ref="C1:D2">A1:B2</f><v>1</v></c>'
        '<c r="D1" s="1"><v>45413</v></c><c r="E1" t="str"><f>""</f><v></v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>3</v></c><c r="C2"><v>4</v></c>'
        '<c r="E2"><v>5</v></c></row><row r="3"><c r="C3"><v>6</v></c></row>'
    )
    assert cells(tmp_path, workbook(rows) | {STYLES: styles("14")}) == {
        1: {
            1: Special(None, "", "1+1"),
            2: Special(2.0, "", "A1"),
            3: Special(1.0, "", "A1:B2"),
            4: Special(DAY, "date", ""),
            5: Special("", "", '""'),
        },
        2: {2: Special(3.0, "", ""), 3: Special(4.0, "", ""), 5: 5.0},
        3: {3: 6.0},
    }


def test_numbers_that_are_none_are_texts(tmp_path):
    rows = "<row><c><v>1e999</v></c><c><v>NaN</v></c><c><v>1,5</v></c><c><v>1E2</v></c></row>"
    assert cells(tmp_path, workbook(rows)) == {1: {1: "1e999", 2: "NaN", 3: "1,5", 4: 100.0}}


def test_days_counted_from_1904_are_counted_from_1900(tmp_path):
    rows = "<row>" + "".join(f'<c s="{style}"><v>1.5</v></c>' for style in range(6)) + "</row>"
    parts = workbook(rows) | {STYLES: styles("14", "22", "17", "[h]:mm", "h:mm")}
    parts[WORKBOOK] = parts[WORKBOOK].replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    assert cells(tmp_path, parts)[1] == {
        1: 1.5,
        2: Special(1463.5, "date"),
        3: Special(1463.5, "datetime"),
        4: Special(1463.5, "month"),
        5: Special(1.5, "duration"),
        6: Special(1463.5, "time"),
    }


def test_what_stands_beside_the_rows_is_no_cell(tmp_path):
    after = (
        '<mergeCells><mergeCell ref="A1:B2"/></mergeCells><conditionalFormatting><cfRule>'
        "<formula>1</formula></cfRule></conditionalFormatting><extLst><ext><x:v>8</x:v>"
        '<x:row r="99"><x:c r="A99"><x:v>9</x:v></x:c></x:row></ext></extLst>'
    )
    parts = workbook()
    parts[SHEET] = sheet('<row><c r="A1"><v>1</v></c></row>', after)
    first = opened(tmp_path, parts).sheets[0]
    assert dict(first.read()) == {1: {1: 1.0}}
    assert first.read_merged() == ["A1:B2"]


# --- parts in unusual places ---


def test_prefixes_and_the_strict_kind_of_file_are_read(tmp_path):
    parts = workbook()
    strict = "http://purl.oclc.org/ooxml"
    parts[SHEET] = (
        f'<?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="{strict}/x"><x:sheetData>'
        '<x:row r="1"><x:c r="B1" t="inlineStr"><x:is><x:t>ü</x:t></x:is></x:c>'
        '<x:c r="C1"><x:f>1</x:f><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    ).encode("utf-16")
    parts[WORKBOOK] = (
        f'<x:workbook xmlns:x="{MAIN}" xmlns:rel="{strict}/rel"><x:sheets>'
        '<x:sheet name="One" sheetId="1" rel:id="r1"/></x:sheets></x:workbook>'
    )
    kind = f"{strict}/officeDocument/relationships/worksheet"
    parts[WORKBOOK_LINKS] = (
        f'<p:R xmlns:p="p"><p:Relationship Id="r1" Type="{kind}" Target="worksheets/sheet1.xml"/>'
        "</p:R>"
    )
    assert cells(tmp_path, parts) == {1: {2: "ü", 3: Special(1.0, "", "1")}}


def test_parts_are_found_by_their_links_whatever_they_are_called(tmp_path):
    parts = workbook()
    usual = {name: parts.pop(name) for name in (WORKBOOK, WORKBOOK_LINKS, SHEET)}
    parts["_rels/.rels"] = links(("officeDocument", "/Book/The%20Book.xml"))
    parts["book\\the book.xml"] = usual[WORKBOOK]
    parts["BOOK/_rels/The Book.xml.rels"] = links(("worksheet", "../elsewhere/./Page.XML"))
    parts["Elsewhere/page.xml"] = usual[SHEET]
    assert cells(tmp_path, parts) == {1: {1: 1.0}}


def test_a_workbook_without_list_of_its_parts_is_found_in_the_usual_place(tmp_path):
    parts = workbook()
    del parts["_rels/.rels"]
    assert cells(tmp_path, parts) == {1: {1: 1.0}}


def test_conversations_are_read_in_place_of_what_stands_in_for_them(tmp_path):
    threaded = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    parts = workbook()
    parts[WORKBOOK_LINKS] = links(
        ("worksheet", "worksheets/sheet1.xml"), ("person", "persons/person.xml")
    )
    parts["xl/persons/person.xml"] = '<l><person displayName="Bo" id="{1}"/></l>'
    parts[SHEET_LINKS] = links(
        ("comments", "../comments1.xml"), ("threadedComment", "../threads.xml")
    ).replace("http://schemas.openxmlformats.org/threadedComment", threaded)
    parts["xl/threads.xml"] = (
        '<T><threadedComment ref="B2" personId="{1}"><text>why?</text></threadedComment>'
        '<threadedComment ref="A1" personId="{2}"/></T>'
    )
    parts["xl/comments1.xml"] = (
        "<comments><authors><author>tc={9}</author><author>Ann</author></authors><commentList>"
        '<comment ref="B2" authorId="0"><text><t>[Threaded comment]</t></text></comment>'
        '<comment ref="C3" authorId="1"><text><r><t>one </t></r><r><t>two</t></r></text></comment>'
        '<comment ref="D4"><text><t>nobody</t></text></comment></commentList></comments>'
    )
    assert opened(tmp_path, parts).sheets[0].comments == (
        Comment(1, 1, "", ""),
        Comment(2, 2, "Bo", "why?"),
        Comment(3, 3, "Ann", "one two"),
        Comment(4, 4, "", "nobody"),
    )


def test_what_is_not_looked_at_is_told_in_plain_words(tmp_path):
    parts = workbook()
    parts[WORKBOOK_LINKS] = links(
        ("worksheet", "worksheets/sheet1.xml"),
        ("vbaProject", "vbaProject.bin"),
        ("xlMacrosheet", "macro.xml"),
        ("externalLink", "externalLinks/externalLink1.xml"),
        ("connections", "connections.xml"),
    )
    parts[SHEET_LINKS] = links(("oleObject", "../embeddings/o.bin"), ("image", "../i.png"))
    assert opened(tmp_path, parts).left_out == (
        "macros",
        "links to other workbooks",
        "connections to data elsewhere",
        "embedded objects",
    )


def test_the_file_is_not_kept_open(tmp_path):
    path = tmp_path / "made.xlsx"
    path.write_bytes(zipped(workbook()))
    rows = open_workbook(path).sheets[0].read()
    next(rows)
    rows.close()
    with zipfile.ZipFile(path, "a") as again:
        again.writestr("more", "")


def test_rows_are_handed_on_before_all_are_parsed(tmp_path):
    rows = "".join(f"<row><c><v>{number}</v></c></row>" for number in range(50_000))
    broken = workbook()
    broken[SHEET] = sheet(rows).replace("</worksheet>", "")
    reading = opened(tmp_path, broken).sheets[0].read()
    assert next(reading) == (1, {1: 0.0})


# --- number formats ---


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", ""),
        ("0.00", ""),
        ("0.00E+00", ""),
        ("@", ""),
        ('#,##0 "days"', ""),
        ("[Red]#,##0;[Blue]-#,##0", ""),
        ("[$kr-41D] #,##0", ""),
        ("0\\h", ""),
        ("0_m", ""),
        ("0*d", ""),
        ("0;yyyy", ""),
        ("0.0%", "percent"),
        ('0"%"', ""),
        ("yyyy-mm-dd", "date"),
        ("[$-409]d/mmm/yy;@", "date"),
        ("[$-F800]dddd, mmmm dd, yyyy", "date"),
        ('d. mmmm" at noon"', "date"),
        ("mmm yyyy", "month"),
        ("mmmm", "month"),
        ("yyyy", "month"),
        ("DD/MM/YYYY HH:MM", "datetime"),
        ("yyyy-mm-dd\\Thh:mm:ss.000", "datetime"),
        ("h:mm AM/PM", "time"),
        ("mm:ss", "time"),
        ("[h]:mm:ss", "duration"),
        ("[mm]:ss", "duration"),
        ('"[h]"0', ""),
        ("ggge\\年", "month"),
    ],
)
def test_a_format_tells_how_a_number_is_shown(code, kind):
    assert formats.shown(code) == kind


@given(st.text('[]"\\_*;dmyhse%0 ampm/#@', max_size=30))
def test_any_format_has_an_answer(code):
    formats.shown(code)
