"""Which sheets there are and what stands on them, without opening a file."""

from __future__ import annotations

from datetime import datetime

import pytest

from sheetpack import charts, views
from sheetpack.issue import Refusal
from sheetpack.workbook.layout import layout
from sheetpack.workbook.model import Spot, Styled
from tests.samples import PACKAGES, opened, resource, write_package


def book_of(path):
    package, tables = opened(path)
    readings = views.run(package, tables)
    return layout(package, tables, [each for each in readings if "sheet" in each.view.outputs])


@pytest.fixture
def library():
    return book_of(PACKAGES / "workbook-library")


def sheet(book, name):
    return next(sheet for sheet in book.sheets if sheet.name == name)


def plain_rows(one):
    """The rows of a sheet without their styles."""
    return [
        tuple(cell.value if isinstance(cell, Styled) else cell for cell in row) for row in one.rows
    ]


def test_sheets_come_in_groups_reading_data_reference(library):
    assert [(each.name, each.group) for each in library.sheets] == [
        ("Start here", "reference"),
        ("Who has what", "reading"),
        ("People", "data"),
        ("Books", "data"),
        ("Loans", "data"),
        ("Codes", "reference"),
        ("Data dictionary", "reference"),
        ("Lists", "hidden"),
        ("Base", "hidden"),
    ]


def test_a_data_sheet_has_exactly_the_fields_and_rows_of_its_resource(library):
    people = sheet(library, "People")
    assert [column.header for column in people.columns] == [
        "Person",
        "Full name",
        "Is a member",
        "Guarantor",
    ]
    assert plain_rows(people)[1:] == [
        ("ada", "Ada Reader", True, None),
        ("ben", "Ben Keeper", True, "ada"),
        ("chen", "陳 Chen", False, "ben"),
    ]
    assert (people.table.name, people.table.range) == ("people", "A1:D4")


def test_the_header_and_the_key_stay_in_sight(library):
    assert sheet(library, "People").freeze == (1, 1)
    assert sheet(library, "Codes").freeze == (1, 2)
    assert sheet(library, "Who has what").freeze == (1, 0)


def test_of_a_long_key_only_as_much_stays_as_leaves_room(tmp_path):
    fields = ["a", "b"]
    data = {"t.csv": f"a,b\n{'x' * 60},{'y' * 60}\n"}
    book = book_of(write_package(tmp_path, [resource("t", fields, fields)], data))
    assert sheet(book, "t").freeze == (1, 1)


def test_every_header_of_a_data_sheet_has_a_note(library):
    for each in library.sheets:
        if each.group == "data":
            assert all(column.note for column in each.columns)


def test_new_cells_of_a_column_have_the_style_of_its_kind(library):
    styles = [column.style for column in sheet(library, "Books").columns]
    assert styles == ["text", "text", "text", "integer", "text", "number"]


def test_a_reading_sheet_links_each_row_to_its_record(library):
    reading = sheet(library, "Who has what")
    assert [(link.row, link.column, link.target) for link in reading.links] == [
        (2, 1, Spot("Loans", 2, 1)),
        (3, 1, Spot("Loans", 3, 1)),
        (4, 1, Spot("Loans", 4, 1)),
    ]


def test_a_record_leads_back_to_the_first_reading_row_that_shows_it(library):
    loans = sheet(library, "Loans")
    assert [(link.row, link.column, link.target) for link in loans.links] == [
        (2, 1, Spot("Who has what", 2, 1)),
        (3, 1, Spot("Who has what", 3, 1)),
        (4, 1, Spot("Who has what", 4, 1)),
    ]
    assert all("Who has what" in link.tip for link in loans.links)
    rows = list(loans.rows)[1:]
    assert all(row[0].style == "link" for row in rows)


def test_a_record_that_no_reading_sheet_shows_has_no_link(library):
    assert not sheet(library, "People").links


def test_a_key_that_is_a_number_stays_a_number_where_it_is_a_link(tmp_path):
    settings = {"views": [{"name": "v", "path": "v.sql", "link": "Number"}]}
    one = resource("t", [{"name": "id", "type": "integer"}], ["id"], sheetpack={"sharedIds": True})
    data = {"t.csv": "id\n7\n", "v.sql": "SELECT id AS Number FROM t"}
    found = sheet(book_of(write_package(tmp_path, [one], data, settings)), "t")
    assert [link.target for link in found.links] == [Spot("v", 2, 1)]
    assert list(found.rows)[1] == [7]


def test_a_record_shown_twice_leads_to_where_it_is_shown_first(tmp_path):
    views = [{"name": name, "path": f"{name}.sql", "link": "Id"} for name in ("v", "w")]
    one = resource("t", ["id"], ["id"], sheetpack={"sharedIds": True})
    data = {
        "t.csv": "id\na\nb\n",
        "v.sql": "SELECT 1 AS Count, 'b' AS Id UNION ALL SELECT 2, 'b'",
        "w.sql": "SELECT id AS Id FROM t",
    }
    found = sheet(book_of(write_package(tmp_path, [one], data, {"views": views})), "t")
    assert [link.target for link in found.links] == [Spot("w", 2, 1), Spot("v", 2, 2)]


def test_every_rule_of_a_data_sheet_is_told_in_its_note(library):
    books = sheet(library, "Books")
    notes = [column.note for column in books.columns]
    marked = {mark.column for mark in books.marks}
    assert marked == {1, 2, 3, 4, 6}
    assert [("red" in note) for note in notes] == [at in marked for at in range(1, 7)]
    assert "date" in notes[4].lower() and "checked later" in notes[4]


def test_the_first_sheet_leads_to_all_others_and_counts_their_rows(library):
    start = sheet(library, "Start here")
    shown = [each for each in library.sheets[1:] if each.group != "hidden"]
    listed = plain_rows(start)[start.table.row :]
    assert [(row[0], row[2]) for row in listed] == [(each.name, each.height - 1) for each in shown]
    targets = [link.target for link in start.links if isinstance(link.target, Spot)]
    assert targets == [Spot(each.name, 1, 1) for each in shown]


def test_the_first_sheet_says_what_the_descriptor_says(library):
    rows = plain_rows(sheet(library, "Start here"))
    assert rows[0] == ("A village library",)
    said = {row[0]: row[1] for row in rows[1:] if row[0] and len(row) == 2}
    assert said["What this is"] == (
        "The books of a small library, and who has borrowed them.\nMade up for the tests."
    )
    assert said["Version"] == "1.2.0, 2024-07-01"
    assert said["Licence"] == "Creative Commons Attribution 4.0"
    assert said["Sources"] == "The card index"
    for part in (
        "Ada Reader & Ben Keeper",
        "(2024)",
        "version 1.2.0",
        "https://example.org/library",
    ):
        assert part in said["How to cite it"]


def test_the_first_sheet_of_a_package_that_says_nothing_reads_well():
    rows = plain_rows(sheet(book_of(PACKAGES / "workbook-bare"), "Start here"))
    assert rows[0] == ("workbook-bare",)
    assert [row[0] for row in rows[1:-6]] == [
        "How to use it, in two minutes",
        "1. Find",
        "2. Filter",
        "3. Correct",
        "4. Send back",
        "About this workbook",
        "How to cite it",
    ]
    assert not any("None" in str(cell) for row in rows for cell in row if cell)


@pytest.mark.parametrize(
    ("metadata", "citation"),
    [
        ({}, "sample."),
        ({"title": "Tides", "created": "2021-01-01T00:00:00Z"}, "Tides. (2021)."),
        ({"title": "Tides", "contributors": [{"title": "A"}]}, "A. Tides."),
        (
            {
                "title": "Tides",
                "version": "2",
                "created": "2021-01-01T00:00:00Z",
                "homepage": "https://example.org",
                "contributors": [{"title": "A"}, {"title": "B"}, {"title": "C"}],
            },
            "A, B & C (2021). Tides (version 2). https://example.org",
        ),
    ],
)
def test_the_citation_is_made_of_what_the_descriptor_names(tmp_path, metadata, citation):
    path = write_package(tmp_path, [resource("t", ["a"])], {"t.csv": "a\n"}, **metadata)
    rows = plain_rows(sheet(book_of(path), "Start here"))
    assert dict(row[:2] for row in rows if len(row) == 2)["How to cite it"] == citation


def test_only_addresses_on_the_web_become_links(tmp_path):
    sources = [{"title": "Good", "path": "https://example.org/"}, {"title": "Bad", "path": "../x"}]
    path = write_package(tmp_path, [resource("t", ["a"])], {"t.csv": "a\n"}, sources=sources)
    links = sheet(book_of(path), "Start here").links
    assert [link.target for link in links if isinstance(link.target, str)] == [
        "https://example.org/"
    ]


def test_the_dictionary_has_a_row_for_every_field(library):
    rows = plain_rows(sheet(library, "Data dictionary"))[1:]
    package, _ = opened(PACKAGES / "workbook-library")
    expected = [field.name for each in package.resources for field in each.fields]
    assert [row[-1] for row in rows] == expected
    assert rows[0][:3] == ("People", "Person", "What the other sheets call this person.")


def test_names_that_excel_forbids_are_replaced():
    book = book_of(PACKAGES / "workbook-bare")
    names = [each.name for each in book.sheets]
    assert names[1] == "History sheet"
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 for name in names)
    tables = [each.table.name for each in book.sheets if each.table]
    assert tables == ["Start_here", "history", "_r1c1", "lists", "Data_dictionary"]


def test_a_table_without_rows_keeps_one_empty_row():
    empty = book_of(PACKAGES / "workbook-bare").sheets[3]
    assert (empty.height, empty.table.range) == (1, "A1:A2")


def test_names_of_tables_and_lists_are_all_different(library):
    names = [each.table.name for each in library.sheets if each.table] + list(library.names)
    assert len({name.casefold() for name in names}) == len(names)


def test_the_file_says_the_packages_date_and_never_todays(library):
    assert library.created == datetime(2024, 7, 1, 12)
    assert book_of(PACKAGES / "workbook-bare").created == datetime(2000, 1, 1)


def test_data_that_no_sheet_can_hold_is_refused_as_a_whole(tmp_path):
    data = {"t.csv": "a\n" + "x" * 40_000 + "\n" + "y" * 40_000 + "\n"}
    path = write_package(tmp_path, [resource("t", ["a"])], data)
    with pytest.raises(Refusal) as refusal:
        book_of(path)
    assert [(issue.code, issue.row) for issue in refusal.value.issues] == [
        ("sheet-text-long", 2),
        ("sheet-text-long", 3),
    ]


def test_a_view_that_no_sheet_can_hold_is_refused(tmp_path):
    settings = {"views": [{"name": "v", "path": "v.sql"}]}
    data = {"t.csv": "a\n", "v.sql": "SELECT char(1) AS b"}
    path = write_package(tmp_path, [resource("t", ["a"])], data, settings)
    with pytest.raises(Refusal) as refusal:
        book_of(path)
    assert [(issue.code, issue.cell) for issue in refusal.value.issues] == [
        ("sheet-text-illegal", "A2")
    ]


def test_a_chart_of_what_no_sheet_can_hold_is_refused(tmp_path):
    settings = {"views": [{"name": "v", "path": "v.sql", "outputs": []}]}
    data = {"t.csv": "a\n", "v.sql": "SELECT 'x' || char(1) AS b, 1 AS c"}
    drawn = [{"title": "Figures", "resources": ["v"], "specType": "table"}]
    path = write_package(tmp_path, [resource("t", ["a"])], data, settings, views=drawn)
    package, tables = opened(path)
    found, _ = charts.find(package, tables, views.run(package, tables), "error")
    with pytest.raises(Refusal) as refusal:
        layout(package, tables, [], found)
    (issue,) = refusal.value.issues
    assert (issue.code, issue.file, issue.row) == ("sheet-text-illegal", "datapackage.json", 2)
    assert "Figures" in issue.field
