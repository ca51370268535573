"""The file: free of what Excel would repair, and the same whenever it is made."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest

from sheetpack import build
from sheetpack.workbook.fingerprint import STAMP
from tests.samples import PACKAGES, opened, resource, write_package

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NAMES = ["workbook-library", "workbook-types", "workbook-bare"]
BUILD = """
import sys
from sheetpack import build, descriptor, reading
package = descriptor.load(sys.argv[1])
made, _ = build.products(package, reading.read_all(package))
sys.stdout.buffer.write(b"".join(product.content for product in made))
"""


def made(path):
    """The bytes of the workbook of a package."""
    return build.products(*opened(path))[0][0].content


@pytest.fixture(scope="module", params=NAMES)
def archive(request):
    return ZipFile(io.BytesIO(made(PACKAGES / request.param)))


@pytest.fixture(scope="module")
def library():
    return made(PACKAGES / "workbook-library")


def parts(archive, pattern):
    """Name → root element of the parts whose names match."""
    return {
        name: ElementTree.fromstring(archive.read(name))
        for name in archive.namelist()
        if re.fullmatch(pattern, name)
    }


def texts_of_row(sheet, number):
    row = sheet.find(f"{MAIN}sheetData/{MAIN}row[@r='{number}']")
    return [cell.findtext(f"{MAIN}is/{MAIN}t") for cell in row]


def test_every_part_is_well_formed(archive):
    for name in archive.namelist():
        ElementTree.fromstring(archive.read(name))


def test_the_columns_of_a_table_are_its_header_cells(archive):
    sheets = parts(archive, r"xl/worksheets/sheet\d+\.xml")
    links = parts(archive, r"xl/worksheets/_rels/.*")
    for name, root in links.items():
        sheet = sheets[name.replace("_rels/", "").removesuffix(".rels")]
        for link in root:
            if link.get("Type").endswith("/table"):
                table = ElementTree.fromstring(archive.read(link.get("Target").lstrip("/")))
                header = int(re.match(r"A(\d+):", table.get("ref"))[1])
                names = [column.get("name") for column in table.iter(f"{MAIN}tableColumn")]
                assert names == texts_of_row(sheet, header)
                assert len({each.casefold() for each in names}) == len(names)


def test_names_and_numbers_of_tables_are_all_different(archive):
    tables = parts(archive, r"xl/tables/.*").values()
    names = [table.get("displayName").casefold() for table in tables]
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    names += [
        name.get("name").casefold()
        for name in book.iter(f"{MAIN}definedName")
        if not name.get("name").startswith("_xlnm")
    ]
    assert len(set(names)) == len(names)
    assert len({table.get("id") for table in tables}) == len(tables)


def test_validations_keep_to_excels_limits(archive):
    for sheet in parts(archive, r"xl/worksheets/sheet\d+\.xml").values():
        for rule in sheet.iter(f"{MAIN}dataValidation"):
            formula = rule.findtext(f"{MAIN}formula1") or ""
            assert bool(formula) == (rule.get("type") is not None)
            assert len(formula) <= 255 and "[" not in formula
            assert max(len(rule.get("prompt")), len(rule.get("error"))) <= 255
            assert max(len(rule.get("promptTitle")), len(rule.get("errorTitle"))) <= 32


def test_marks_keep_to_excels_limits_and_come_before_other_formats(archive):
    for sheet in parts(archive, r"xl/worksheets/sheet\d+\.xml").values():
        rules = list(sheet.iter(f"{MAIN}cfRule"))
        for rule in rules:
            assert len(rule.findtext(f"{MAIN}formula")) <= 8192
        orders = [int(rule.get("priority")) for rule in rules]
        assert len(set(orders)) == len(orders)
        if rules:
            lines = max(rules, key=lambda rule: int(rule.get("priority")))
            assert "COUNTA" in lines.findtext(f"{MAIN}formula")


def test_there_is_no_macro_no_formula_no_other_workbook_and_no_merged_cell(archive):
    assert not [name for name in archive.namelist() if re.search("vba|externalLink|\\.bin", name)]
    for sheet in parts(archive, r"xl/worksheets/sheet\d+\.xml").values():
        assert sheet.find(f".//{MAIN}f") is None
        assert sheet.find(f".//{MAIN}mergeCell") is None


def test_links_inside_the_workbook_lead_to_sheets_that_are_there(archive):
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    names = {sheet.get("name") for sheet in book.iter(f"{MAIN}sheet")}
    for sheet in parts(archive, r"xl/worksheets/sheet\d+\.xml").values():
        for link in sheet.iter(f"{MAIN}hyperlink"):
            if link.get("location"):
                name = re.fullmatch(r"'(.+)'![A-Z]+\d+", link.get("location"))[1]
                assert name.replace("''", "'") in names


def test_the_size_of_a_sheet_is_that_of_its_cells(archive):
    for sheet in parts(archive, r"xl/worksheets/sheet\d+\.xml").values():
        last = sheet.find(f"{MAIN}sheetData")[-1].get("r")
        assert sheet.find(f"{MAIN}dimension").get("ref").endswith(last)


def test_every_header_of_a_data_sheet_carries_its_note(library):
    sheet = openpyxl.load_workbook(io.BytesIO(library))["Books"]
    notes = [cell.comment for cell in sheet[1]]
    assert all(notes)
    assert "As on the title page." in notes[1].text


def test_notes_are_large_enough_to_be_read(library):
    shapes = ZipFile(io.BytesIO(library)).read("xl/drawings/commentsDrawing2.vml").decode()
    sizes = [tuple(map(int, pair)) for pair in re.findall(r"width:(\d+)px;height:(\d+)px", shapes)]
    assert len(sizes) == 6
    assert all(width >= 300 and height >= 4 * 18 for width, height in sizes)


def test_a_workbook_opens_on_the_first_cell_of_the_first_sheet(library):
    workbook = openpyxl.load_workbook(io.BytesIO(library))
    assert workbook.active.title == "Start here"
    assert workbook.active.sheet_view.selection[0].activeCell == "A1"
    assert [sheet.sheet_view.tabSelected for sheet in workbook].count(True) == 1


def test_a_workbook_names_its_title_and_language(library):
    properties = openpyxl.load_workbook(io.BytesIO(library)).properties
    assert (properties.title, properties.language) == ("A village library", "en")
    assert properties.creator == "Ada Reader, Ben Keeper"


def test_sheets_print_on_the_width_of_a_page_with_their_header(library):
    sheet = openpyxl.load_workbook(io.BytesIO(library))["Books"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"


def test_groups_are_told_apart_by_the_colour_of_their_tabs(library):
    workbook = openpyxl.load_workbook(io.BytesIO(library))
    colours = {name: workbook[name].sheet_properties.tabColor.rgb for name in workbook.sheetnames}
    assert colours["People"] == colours["Books"] != colours["Who has what"]
    assert colours["Codes"] == colours["Data dictionary"] != colours["People"]
    assert workbook["Lists"].sheet_state == "hidden"


def test_all_text_is_of_one_font_of_twelve_points_or_more(library):
    workbook = openpyxl.load_workbook(io.BytesIO(library))
    cells = [cell for sheet in workbook for row in sheet.rows for cell in row]
    assert {cell.font.name for cell in cells} == {"Arial"}
    assert min(cell.font.size for cell in cells) == 12


def test_titles_with_every_awkward_character_keep_the_file_whole(tmp_path):
    fields = [
        {
            "name": "a",
            "type": "string",
            "title": "_x0041_ & <b> \"q\" 'a'",
            "description": "_x000D_",
        },
        {"name": "b", "type": "string", "title": "=1+1", "constraints": {"enum": ["x", "_x0042_"]}},
        {"name": "c", "type": "string", "title": "two\nlines\x07"},
    ]
    one = resource("t", fields, title="It's a 'title' & more: [one]")
    path = write_package(tmp_path, [one], {"t.csv": "a,b,c\n1,x,3\n"}, title="<T> & \x01")
    content = made(path)
    test_the_columns_of_a_table_are_its_header_cells(ZipFile(io.BytesIO(content)))
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    assert "It's a 'title' & more one" in workbook.sheetnames
    assert workbook["Start here"]["A1"].value == "<T> &"


def test_a_package_of_a_hundred_columns_and_an_empty_table_can_be_written(tmp_path):
    path = write_package(
        tmp_path,
        [resource("t", [f"f{at}" for at in range(300)])],
        {"t.csv": ",".join(f"f{at}" for at in range(300)) + "\n"},
    )
    sheet = openpyxl.load_workbook(io.BytesIO(made(path)))["t"]
    assert (sheet.max_column, sheet.max_row) == (300, 1)


@pytest.mark.parametrize("name", NAMES)
def test_two_builds_in_two_processes_give_the_same_bytes(name):
    source = Path(build.__file__).parents[1]
    outputs = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Pyongyang")):
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "PYTHONPATH": str(source),
            "LC_ALL": "C.UTF-8" if seed == "1" else "C",
            "OPENPYXL_LXML": "True",
        }
        command = [sys.executable, "-c", BUILD, str(PACKAGES / name)]
        outputs.add(
            subprocess.run(command, env=environment, capture_output=True, check=True).stdout
        )
    assert len(outputs) == 1


def test_nothing_in_the_file_tells_the_time_it_was_made(archive):
    assert {entry.date_time for entry in archive.infolist()} == {STAMP}
    assert {(entry.create_system, entry.external_attr) for entry in archive.infolist()} == {
        (0, 0o644 << 16)
    }
    core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) <= {"2024-07-01T", "2000-01-01T"}
