"""A marked copy: the marks and the page are there, and everything else is as it was."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, GradientFill, PatternFill
from openpyxl.worksheet.table import Table

from sheetpack import build
from sheetpack.issue import Refusal
from sheetpack.marking.copy import is_as_marked, marked_copy
from sheetpack.marking.page import LinkTo, Mark, Page
from sheetpack.marking.restyling import SHADES, contrast
from sheetpack.received.as_built import is_as_built
from sheetpack.workbook.base import read_base
from sheetpack.workbook.styles import BROKEN
from tests.samples import PACKAGES, opened

# openpyxl says of what it reads that it would not keep it.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROWS = [(LinkTo("Books!C3", "Books", 3, 3), "Genre", "“pottery” is not in the list.", "Choose.")]
PAGE = Page(
    "Problems", ["Cells in orange have a problem."], ["Where", "A", "B", "C"], ROWS, [20] * 4
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c"
    "63606060600000000500018b7f6b6f0000000049454e44ae426082"
)


def built():
    return build.products(*opened(PACKAGES / "workbook-library"))[0][0].content


def by_openpyxl():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Books"
    sheet.append(["id", "title", "genre"])
    for number in range(2, 30):
        sheet.append([f"b{number}", "=1+1", number / 7])
    sheet["A2"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["A1"].font = Font(color="FFFFFF", bold=True)
    sheet["A1"].fill = PatternFill("solid", fgColor="1F3864")
    sheet["B1"].comment = Comment("words", "somebody")
    sheet.merge_cells("E1:F2")
    sheet.add_table(Table(displayName="books", ref="A1:C29"))
    sheet.print_title_rows = "1:1"
    other = book.create_sheet("It's another")
    other.print_title_rows = "1:2"
    other["A1"] = "chosen"
    book.create_sheet("Deep down").sheet_state = "veryHidden"
    book.active = 1
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def by_xlsxwriter():
    writer = pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed")
    file = io.BytesIO()
    with writer.Workbook(file) as book:
        sheet, lists = book.add_worksheet("Books"), book.add_worksheet("Lists")
        lists.hide()
        lists.write_column(0, 0, ["poetry", "other"])
        sheet.write_row(0, 0, ["id", "title", "genre"])
        sheet.write_row(1, 0, ["a", "Odyssey", "poetry"], book.add_format({"bg_color": "yellow"}))
        sheet.data_validation(1, 2, 9, 2, {"validate": "list", "source": "=Lists!$A$1:$A$2"})
        sheet.conditional_format(1, 0, 9, 0, {"type": "data_bar", "data_bar_2010": True})
        sheet.add_sparkline(1, 5, {"range": "Books!A2:C2"})
        sheet.insert_image(5, 5, "pixel.png", {"image_data": io.BytesIO(PIXEL)})
        sheet.freeze_panes(1, 0)
        sheet.set_row(6, None, book.add_format({"italic": True}))
        sheet.set_column(3, 3, 20, book.add_format({"num_format": "yyyy-mm-dd"}))
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Books!$A$2:$A$3"})
        sheet.insert_chart(8, 8, chart)
        drawn = book.add_chart({"type": "pie"})
        drawn.add_series({"values": "=Books!$A$2:$A$3"})
        book.add_chartsheet("Drawn").set_chart(drawn)
        lists.write_comment(0, 0, "a note")
    return file.getvalue()


def prefixed():
    """What openpyxl writes, with all names of elements given a prefix."""
    ElementTree.register_namespace("x", MAIN)

    def rewritten(name, data):
        if not name.startswith("xl/") or not name.endswith(".xml") or MAIN.encode() not in data:
            return data
        return ElementTree.tostring(ElementTree.fromstring(data), encoding="utf-8")

    return with_parts(by_openpyxl(), rewritten)


def declared_where_used():
    """Prefixes declared at each element that uses one, as lxml writes what openpyxl makes."""
    relations = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def rewritten(name, data):
        if name != "xl/workbook.xml":
            return data
        data = data.replace(b' xmlns:r="%b"' % relations, b"")
        return data.replace(b" r:id=", b' xmlns:r="%b" r:id=' % relations)

    return with_parts(by_openpyxl(), rewritten)


def without_addresses():
    """Rows and cells that don't say where they stand: each follows the one before."""
    return with_parts(
        by_openpyxl(),
        lambda name, data: (
            re.sub(rb'(<(?:row|c)) r="\w+"', rb"\1", data) if "worksheets/sheet" in name else data
        ),
    )


def in_utf_16():
    """Parts whose characters take two bytes each."""

    def rewritten(name, data):
        if not re.match(r"xl/(worksheets/sheet|workbook|styles)[^/]*\.xml$", name):
            return data
        return data.decode().encode("utf-16")

    return with_parts(by_openpyxl(), rewritten)


def with_parts(content, change):
    """The workbook with its parts rewritten by `change`, left out where that gives None."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return file.getvalue()


BOOKS = {
    make.__name__: make
    for make in (
        *(built, by_openpyxl, by_xlsxwriter, prefixed, declared_where_used),
        *(without_addresses, in_utf_16),
    )
}


@pytest.fixture(scope="module", params=BOOKS)
def content(request):
    return BOOKS[request.param]()


MARKS = [Mark("Books", *place) for place in [(1, 1), (3, 3), (2, 1), (7, 4), (40, 2), (3, 30)]]


@pytest.fixture(scope="module")
def copy(content):
    return marked_copy(content, MARKS, PAGE)


def parts(content):
    with ZipFile(io.BytesIO(content)) as archive:
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def load(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def is_marked(cell):
    return cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in SHADES


def marked_cells(workbook):
    return {
        (sheet.title, cell.row, cell.column)
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if is_marked(cell)
    }


def looks(workbook):
    """How every cell looks that has a look."""
    return {
        (sheet.title, cell.row, cell.column): (
            cell.fill.fill_type,
            cell.fill.fgColor.rgb if cell.fill.fill_type else None,
            cell.font.color and cell.font.color.rgb,
            cell.font.b,
            cell.number_format,
        )
        for sheet in workbook.worksheets
        if sheet.title != "Problems"
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_the_wanted_cells_are_marked_and_no_others(copy):
    assert marked_cells(load(copy)) == set(MARKS)


def test_every_value_is_what_it_was(content, copy):
    before, after = load(content), load(copy)
    assert after.sheetnames == ["Problems", *before.sheetnames]
    for sheet in before.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert after[sheet.title][cell.coordinate].value == cell.value


def test_every_part_that_need_not_change_is_the_same_byte_for_byte(content, copy):
    before, after = parts(content), parts(copy)
    assert before.keys() < after.keys()
    changed = {name for name, data in before.items() if after[name] != data}
    needed = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    assert changed >= needed
    sheets = {name for name in changed if name.startswith("xl/worksheets/")}
    assert changed <= needed | {"xl/styles.xml"} | sheets
    assert len(sheets) <= 2  # the one with marks, and the one that was shown first
    assert len(after.keys() - before.keys()) == 1


def test_in_a_marked_sheet_nothing_changes_but_styles_and_the_cells_put_in(content, copy):
    before, after = parts(content), parts(copy)
    for name in before:
        if name.startswith("xl/worksheets/sheet") and before[name] != after[name]:
            assert outside(after[name]) == outside(before[name])


def outside(data):
    """A sheet without what marking may change."""
    root = ElementTree.fromstring(data)
    for element in root.iter():
        for attribute in ("s", "spans", "tabSelected"):
            element.attrib.pop(attribute, None)
        if element.tag.endswith("}dimension"):
            element.attrib.clear()
    for rows in root.iter(f"{{{MAIN}}}sheetData"):
        for row in list(rows):
            for cell in list(row):
                if not len(cell):
                    row.remove(cell)
            if not len(row):
                rows.remove(row)
    return ElementTree.tostring(root)


def test_a_validator_finds_no_error_that_was_not_there_before(content, copy, tmp_path):
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")

    def errors(data):
        path = tmp_path / "book.xlsx"
        path.write_bytes(data)
        found = audit.OpenXmlValidator(max_errors=0).validate(path).errors
        return {(each.part_uri, each.description) for each in found if "Inline" not in each.id}

    assert errors(copy) - errors(content) == set()


def test_marking_a_copy_again_replaces_the_marks_and_the_page(copy):
    assert marked_copy(copy, MARKS, PAGE) == copy
    fewer = load(marked_copy(copy, MARKS[:1], PAGE))
    assert marked_cells(fewer) == {MARKS[0]}
    assert fewer.sheetnames.count("Problems") == 1


def test_a_page_of_another_name_replaces_it_too(content, copy):
    page = Page("Conflicts", [], PAGE.headers, ROWS, PAGE.widths)
    again = marked_copy(copy, [], page)
    assert load(again).sheetnames == ["Conflicts", *load(content).sheetnames]
    assert parts(again).keys() == parts(copy).keys()


def test_cells_that_are_fine_now_look_as_they_did_before(content, copy):
    again = marked_copy(copy, [], PAGE)
    assert looks(load(again)) == looks(load(content))


def test_the_page_is_shown_first_and_no_other_sheet_is_selected(copy):
    workbook = load(copy)
    assert workbook.active.title == "Problems"
    views = [sheet.sheet_view.tabSelected for sheet in workbook.worksheets]
    assert views[0] and not any(views[1:])


def test_rows_to_repeat_in_print_stay_with_their_sheets(content, copy):
    before, after = load(content), load(copy)
    for sheet in before.worksheets:
        assert after[sheet.title].print_title_rows == sheet.print_title_rows
    assert after["Problems"].print_title_rows == "$3:$3"


def test_sheets_that_were_hidden_stay_hidden(content, copy):
    before, after = load(content), load(copy)
    for sheet in before.worksheets:
        assert after[sheet.title].sheet_state == sheet.sheet_state


def test_the_page_names_every_place_and_leads_there(copy):
    page = load(copy)["Problems"]
    rows = [[cell.value for cell in row if cell.value] for row in page.iter_rows()]
    assert rows == [["Problems"], list(PAGE.intro), list(PAGE.headers), ["Books!C3", *ROWS[0][1:]]]
    assert page["A4"].hyperlink.location == "'Books'!C3"
    assert page.freeze_panes == "A4"


def test_a_sheet_of_that_name_that_is_not_ours_is_kept():
    book = openpyxl.Workbook()
    book.active.title = "problems"
    book.active["A1"] = "data"
    file = io.BytesIO()
    book.save(file)
    after = load(marked_copy(file.getvalue(), [Mark("problems", 1, 1)], PAGE))
    assert after.sheetnames == ["Problems (2)", "problems"]
    assert after["problems"]["A1"].value == "data"


def test_a_page_that_was_renamed_or_commented_on_is_replaced_with_its_notes():
    workbook = load(marked_copy(by_openpyxl(), MARKS, PAGE))
    workbook["Problems"]["A4"].comment = Comment("done", "somebody")
    workbook["Problems"].title = "What's wrong"
    workbook.defined_names["sheetpack_page"].attr_text = "'What''s wrong'!$A$1"
    file = io.BytesIO()
    workbook.save(file)
    again = marked_copy(file.getvalue(), [], PAGE)
    assert load(again).sheetnames[:2] == ["Problems", "Books"]
    notes = [data for name, data in parts(again).items() if "comment" in name.lower()]
    assert not any(b"done" in data for data in notes)


def test_letters_that_cannot_be_read_on_a_mark_turn_black_and_back():
    copy = marked_copy(by_openpyxl(), [Mark("Books", 1, 1)], PAGE)
    assert load(copy)["Books"]["A1"].font.color.rgb == "FF000000"
    again = load(marked_copy(copy, [], PAGE))["Books"]["A1"]
    assert (again.font.color.rgb, again.fill.fgColor.rgb) == ("00FFFFFF", "001F3864")


def test_a_gradient_is_lost_and_nothing_else_is():
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.active["A1"].fill = GradientFill(stop=("FF0000", "0000FF"))
    file = io.BytesIO()
    book.save(file)
    copy = marked_copy(file.getvalue(), [Mark("Sheet", 1, 1)], PAGE)
    cell = load(marked_copy(copy, [], PAGE))["Sheet"]["A1"]
    assert (cell.value, cell.fill.fill_type) == (1, None)


def test_a_cell_that_is_put_in_looks_like_its_row_or_column():
    copy = load(marked_copy(by_xlsxwriter(), [Mark("Books", 7, 2), Mark("Books", 9, 4)], PAGE))
    assert copy["Books"]["B7"].font.i
    assert copy["Books"]["D9"].number_format == "yyyy-mm-dd"


def test_many_different_looks_can_all_be_marked():
    book = openpyxl.Workbook()
    for row in range(1, 60):
        book.active.cell(row, 1, row).fill = PatternFill("solid", fgColor=f"FF00{row:02X}")
    file = io.BytesIO()
    book.save(file)
    marks = [Mark("Sheet", row, 1) for row in range(1, 60)]
    copy = marked_copy(file.getvalue(), marks, PAGE)
    assert marked_cells(load(copy)) == set(marks)
    back = load(marked_copy(copy, [], PAGE))["Sheet"]
    assert [back.cell(row, 1).fill.fgColor.rgb for row in range(1, len(SHADES))] == [
        f"00FF00{row:02X}" for row in range(1, len(SHADES))
    ]
    assert back.cell(59, 1).fill.fill_type is None


def test_a_mark_can_be_told_from_a_broken_rule_and_read():
    red = BROKEN.fill.bgColor.rgb[-6:]
    assert all(contrast("000000", shade[-6:]) > 12 for shade in SHADES)
    assert all(shade[-6:] != red and shade[4:6] != red[2:4] for shade in SHADES)


def test_the_base_travels_with_the_copy():
    before = load(built())["Base"].iter_rows(values_only=True)
    copy = load(marked_copy(built(), [Mark("Books", 2, 1)], PAGE))["Base"]
    assert copy.sheet_state == "hidden"
    assert read_base(copy.iter_rows(values_only=True)) == read_base(before)


def test_a_copy_is_not_taken_for_a_workbook_that_nobody_edited(tmp_path):
    path = tmp_path / "copy.xlsx"
    path.write_bytes(built())
    assert is_as_built(path)
    path.write_bytes(marked_copy(built(), [], PAGE))
    assert not is_as_built(path)
    assert is_as_marked(path)
    load(path.read_bytes()).save(path)
    assert not is_as_marked(path)
    assert not is_as_marked(tmp_path)


def test_a_workbook_without_styles_gets_some():
    def bare(name, data):
        if name == "xl/styles.xml":
            return None
        if name.endswith(("workbook.xml.rels", "Types].xml")):
            return re.sub(rb"<(Relationship|Override) [^>]*styles[^>]*>", b"", data)
        return re.sub(rb' s="\d+"', b"", data) if "worksheets/sheet" in name else data

    copy = marked_copy(with_parts(by_openpyxl(), bare), MARKS, PAGE)
    assert marked_cells(load(copy)) == set(MARKS)
    assert marked_cells(load(marked_copy(copy, [], PAGE))) == set()


def test_a_sheet_without_rows_can_be_marked():
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    copy = load(marked_copy(file.getvalue(), [Mark("Sheet", 2, 2)], PAGE))
    assert marked_cells(copy) == {("Sheet", 2, 2)}


@pytest.mark.parametrize(
    ("part", "damage"),
    [
        ("xl/workbook.xml", lambda data: data[:-20]),
        ("xl/workbook.xml", lambda data: None),
        ("xl/styles.xml", lambda data: None),
        ("xl/styles.xml", lambda data: b'<!DOCTYPE a [<!ENTITY b "c">]>' + data),
        ("xl/styles.xml", lambda data: b"<a>" * 100_000),
        ("xl/worksheets/sheet1.xml", lambda data: data[: len(data) // 2]),
        ("xl/worksheets/sheet1.xml", lambda data: b'<!DOCTYPE a [<!ENTITY b "c">]>' + data),
        ("xl/workbook.xml", lambda data: b"<workbook/>"),
        ("_rels/.rels", lambda data: b"<Relationships/>"),
        ("[Content_Types].xml", lambda data: b""),
    ],
)
def test_what_is_damaged_is_refused_in_one_sentence(part, damage):
    damaged = with_parts(by_openpyxl(), lambda name, data: damage(data) if name == part else data)
    with pytest.raises(Refusal) as refused:
        marked_copy(damaged, MARKS, PAGE)
    assert [issue.code for issue in refused.value.issues] == ["marking-damaged"]


def test_a_damaged_sheet_without_marks_stays_as_it_is():
    damaged = with_parts(
        by_openpyxl(), lambda name, data: b"<a><" if name.endswith("sheet2.xml") else data
    )
    after = parts(marked_copy(damaged, MARKS, PAGE))
    assert after["xl/worksheets/sheet2.xml"] == b"<a><"


def test_a_mark_on_a_sheet_that_is_not_there_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        marked_copy(by_openpyxl(), [Mark("Nowhere", 1, 1)], PAGE)


def test_of_merged_cells_the_one_that_is_seen_is_marked():
    copy = load(marked_copy(by_openpyxl(), [Mark("Books", 2, 6)], PAGE))
    assert marked_cells(copy) == {("Books", 1, 5)}


@settings(deadline=None, max_examples=40)
@given(st.sets(st.tuples(st.integers(1, 45), st.integers(1, 30)), max_size=40))
def test_any_cells_can_be_marked_and_the_marks_taken_off(places):
    content = by_openpyxl()
    marks = {Mark("Books", *place) for place in places}
    copy = marked_copy(content, marks, PAGE)
    merged = {(row, column) for row in (1, 2) for column in (5, 6)}
    seen = {Mark("Books", *(place if place not in merged else (1, 5))) for place in places}
    assert marked_cells(load(copy)) == seen
    assert looks(load(marked_copy(copy, [], PAGE))) == looks(load(content))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is missing")
def test_a_copy_that_libreoffice_saved_loses_its_marks_and_its_page(tmp_path):
    path, profile = tmp_path / "copy.xlsx", (tmp_path / "profile").as_uri()
    marks = [Mark("Books", 1, 1), Mark("Books", 3, 3), Mark("Books", 9, 2)]
    path.write_bytes(marked_copy(built(), marks, PAGE))
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to"]
    kind = "xlsx:Calc MS Excel 2007 XML"
    done = [*command, kind, "--outdir", str(tmp_path / "saved"), str(path)]
    subprocess.run(done, check=True, capture_output=True, timeout=300)
    saved = (tmp_path / "saved" / "copy.xlsx").read_bytes()
    assert marked_cells(load(saved)) == set(marks)
    again = load(marked_copy(saved, marks[:1], PAGE))
    assert again.sheetnames == load(marked_copy(built(), marks, PAGE)).sheetnames
    assert marked_cells(again) == set(marks[:1])
    header = load(marked_copy(saved, [], PAGE))["Books"]["A1"]
    assert (header.font.color.rgb[-6:], header.fill.fgColor.rgb[-6:]) == ("FFFFFF", "1F3864")


def test_a_sheet_says_truly_which_cells_it_holds():
    sheet = parts(marked_copy(by_xlsxwriter(), [Mark("Books", 1, 40), Mark("Books", 90, 1)], PAGE))
    data = sheet["xl/worksheets/sheet1.xml"]
    assert b'<dimension ref="A1:AN90"/>' in data
    assert re.search(rb'<row r="1"(?! spans)[^>]*>.*r="AN1"', data)
    assert re.search(rb'<row r="2" spans', data)


def test_a_column_that_another_program_gave_our_fill_loses_it():
    copy = marked_copy(by_xlsxwriter(), [Mark("Books", 2, 1)], PAGE)
    style = re.search(rb'r="A2" s="(\d+)"', parts(copy)["xl/worksheets/sheet1.xml"])[1]
    spread = with_parts(
        copy,
        lambda name, data: (
            re.sub(rb'(<col [^>]*style=")\d+', rb"\g<1>" + style, data)
            if name.endswith("/sheet1.xml")
            else data
        ),
    )
    assert load(spread)["Books"].column_dimensions["D"].fill.fgColor.rgb in SHADES
    again = load(marked_copy(spread, [], PAGE))
    assert again["Books"].column_dimensions["D"].fill.fgColor.rgb not in SHADES


def test_what_goes_with_the_page_goes_and_what_others_need_stays():
    copy = marked_copy(by_openpyxl(), [], PAGE)
    (place,) = parts(copy).keys() - parts(by_openpyxl()).keys()
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    own = (
        f'<Relationships><Relationship Id="a" Type="{types}/table" Target="../tables/table1.xml"/>'
    )
    own += f'<Relationship Id="b" Type="{types}/comments" Target="/xl/mine.xml"/></Relationships>'
    chain = f'<Relationship Id="chain" Type="{types}/calcChain" Target="calcChain.xml"/>'
    folder, _, file = place.rpartition("/")
    more = {
        f"{folder}/_rels/{file}.rels": own,
        "xl/mine.xml": "<a/>",
        "xl/_rels/mine.xml.rels": "<Relationships/>",
        "xl/calcChain.xml": "<calcChain/>",
    }

    def linked(name, data):
        end = b"</Relationships>"
        return data.replace(end, chain.encode() + end) if "workbook.xml.rels" in name else data

    grown = io.BytesIO(with_parts(copy, linked))
    with ZipFile(grown, "a") as archive:
        for name, data in more.items():
            archive.writestr(name, data)
    again = parts(marked_copy(grown.getvalue(), [], PAGE))
    assert again.keys() == parts(copy).keys()
    assert b"calcChain" not in again["xl/_rels/workbook.xml.rels"]
    assert "xl/tables/table1.xml" in again
