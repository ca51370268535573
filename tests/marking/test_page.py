"""The page says of every problem where it is, and which cells are to be marked."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from sheetpack.issue import Issue
from sheetpack.marking.page import STYLES, LinkTo, Mark, Page, marks, problems, rendered
from sheetpack.marking.restyling import MAIN

CELL = Issue(sheet="Events", row=5, column=3, field="date", code="c", message="Bad.", hint="Mend.")
ROW = Issue(sheet="Events", row=7, code="c", message="Twice.")
COLUMN = Issue(sheet="Events", column=2, field="title", header="Title", code="c", message="Which?")
SHEET = Issue(sheet="Events", code="c", message="Empty.")
BOOK = Issue(code="c", message="Odd.")
NOTE = Issue(sheet="Events", row=9, column=1, code="c", message="Mended.", level="warning")


def test_each_problem_is_listed_with_its_place_and_what_to_do():
    page = problems([BOOK, SHEET, COLUMN, CELL, ROW, NOTE])
    assert list(page.rows) == [
        ("The workbook as a whole", "", "Odd.", ""),
        (LinkTo("Events", "Events", 1, 1), "", "Empty.", ""),
        (LinkTo("Events, column B", "Events", 1, 2), "Title", "Which?", ""),
        (LinkTo("Events!C5", "Events", 5, 3), "date", "Bad.", "Mend."),
        (LinkTo("Events, row 7", "Events", 7, 1), "", "Twice.", ""),
        (LinkTo("Events!A9", "Events", 9, 1), "", "Note: Mended.", ""),
    ]


def test_cells_are_marked_of_rows_the_first_of_columns_the_header_and_notes_are_not():
    assert marks([BOOK, SHEET, COLUMN, CELL, ROW, NOTE, CELL]) == [
        Mark("Events", 1, 2),
        Mark("Events", 5, 3),
        Mark("Events", 7, 1),
    ]


def test_what_does_not_fit_on_the_sheet_is_counted(monkeypatch):
    monkeypatch.setattr("sheetpack.marking.page.MOST_ROWS", 2)
    page = problems([CELL] * 5, intro=["Hello."])
    assert len(page.rows) == 2
    assert list(page.intro) == ["Hello.", "There are 3 more, which do not fit here."]


def test_rows_beyond_the_number_of_links_still_name_the_place(monkeypatch):
    monkeypatch.setattr("sheetpack.marking.page.MOST_LINKS", 2)
    root = ElementTree.fromstring(xml(problems([CELL] * 5)))
    assert len(list(root.iter(f"{{{MAIN}}}hyperlink"))) == 2
    assert "".join(root.itertext()).count("Events!C5") == 5


@given(st.text())
def test_any_text_can_stand_on_the_page(text):
    page = Page("Problems", [text], ["Where", text], [(LinkTo(text, "It's", 1, 1), text)], [9, 9])
    ElementTree.fromstring(xml(page))


def xml(page):
    return rendered(page, page.name, {name: at for at, name in enumerate(STYLES)}, MAIN)
