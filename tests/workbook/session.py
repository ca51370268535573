"""A person at work in LibreOffice: opens a workbook, edits it, saves it.

Run by the Python that has LibreOffice's module `uno`, not by that of the tests. It prints,
as JSON, what could be seen.

    /usr/bin/python3 session.py edit library.xlsx saved.xlsx
    /usr/bin/python3 session.py save any.xlsx saved.xlsx
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from html.parser import HTMLParser
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sheet import TableFilterField
from com.sun.star.sheet.FilterOperator import EQUAL
from com.sun.star.table import TableSortField

PATIENCE = 120  # seconds until LibreOffice must have started


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class Cells(HTMLParser):
    """Background colours in an HTML export: sheet → rows → colour of each cell, "" for none."""

    def __init__(self):
        super().__init__()
        self.sheets, self.rows, self.title = {}, [], None

    def handle_starttag(self, tag, attributes):
        if tag == "em":
            self.title = ""
        elif tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append(dict(attributes).get("bgcolor", "") or "")

    def handle_data(self, data):
        if self.title is not None:
            self.title += data

    def handle_endtag(self, tag):
        if tag == "em" and self.title is not None:
            self.rows = self.sheets.setdefault(self.title, [])
            self.title = None


class Session:
    """One LibreOffice of our own, with one workbook open."""

    def __init__(self, folder):
        self.folder, self.book = Path(folder), None
        pipe = f"sheetpack-{os.getpid()}"
        self.process = subprocess.Popen(
            [
                "soffice",
                f"-env:UserInstallation={(self.folder / 'profile').as_uri()}",
                f"--accept=pipe,name={pipe};urp;",
                *("--headless", "--invisible", "--norestore", "--nologo", "--nodefault"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
        end = time.monotonic() + PATIENCE
        while True:
            try:
                context = resolver.resolve(address)
                break
            except NoConnectException:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise
                time.sleep(0.2)
        self.desktop = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        )

    def open(self, path):
        address = Path(path).absolute().as_uri()
        self.book = self.desktop.loadComponentFromURL(address, "_blank", 0, ())
        if self.book is None:
            raise SystemExit(f"LibreOffice cannot open {path}; is it open elsewhere?")

    def store(self, path, kind):
        address = Path(path).absolute().as_uri()
        self.book.storeToURL(address, (prop("FilterName", kind),))

    def close(self):
        """End our own LibreOffice, and no other one."""
        try:
            if self.book is not None:
                self.book.setModified(False)
                self.book.close(True)
            self.desktop.terminate()
            self.process.wait(30)
        except Exception:
            os.killpg(self.process.pid, 9)
            self.process.wait(30)

    def cell(self, place):
        sheet, address = place.split("!")
        return self.book.Sheets.getByName(sheet).getCellRangeByName(address)

    def type(self, place, text):
        self.cell(place).setString(text)

    def is_red(self, place):
        """Is the cell shown with a red ground? Looked up in what LibreOffice shows as HTML."""
        page = self.folder / "page.html"
        self.store(page, "HTML (StarCalc)")
        cells = Cells()
        cells.feed(page.read_text(encoding="utf-8", errors="replace"))
        sheet, address = place.split("!")
        letter, row = re.fullmatch(r"([A-Z])(\d+)", address).groups()
        colour = cells.sheets[sheet][int(row) - 1][ord(letter) - ord("A")].lower()
        return colour == "#ffc7ce"

    def has(self, name, value):
        """Does the list of that name offer the value?"""
        scratch = self.book.Sheets.getByName("Lists").getCellRangeByName("Z99")
        scratch.setFormula(f'=COUNTIF({name};"{value}")')
        found = scratch.Value
        scratch.setString("")
        return bool(found)

    def rule(self, place):
        validation = self.cell(place).Validation
        return {
            "kind": validation.Type.value,
            "source": validation.getFormula1(),
            "alert": validation.ErrorAlertStyle.value,
            "shown": validation.ShowErrorMessage,
        }


def edit(session):
    """Correct cells of the library, add a book, sort and filter."""
    seen = {"red at first": session.is_red("Books!C3"), "list": session.rule("Books!C3")}
    seen["offered"] = {code: session.has("list_genre", code) for code in ("poetry", "cookery")}
    session.type("Books!C3", "cookery")
    seen["red when wrong"] = session.is_red("Books!C3")
    session.type("Books!C3", "poetry")
    seen["red when right"] = session.is_red("Books!C3")

    seen["new row: list"] = session.rule("Books!C5")
    session.type("Books!A5", "bestiary")
    session.type("Books!C5", "cookery")
    seen["new row: red when wrong"] = session.is_red("Books!C5")
    seen["new row: red when missing"] = session.is_red("Books!B5")
    session.type("Books!B5", "A bestiary")
    session.type("Books!C5", "other")
    seen["new row: red when right"] = session.is_red("Books!C5") or session.is_red("Books!B5")
    seen["new row: offered elsewhere"] = session.has("list_books_book_id", "bestiary")
    session.type("Loans!B3", "bestiary")
    seen["new row: red elsewhere"] = session.is_red("Loans!B3")

    rows = session.cell("Books!A2:F5")
    field = TableSortField()
    field.Field, field.IsAscending = 1, False
    rows.sort((prop("SortFields", uno.Any("[]com.sun.star.table.TableSortField", (field,))),))
    seen["sorted"] = [list(row[:3]) for row in rows.getDataArray()]

    ranges = session.book.DatabaseRanges
    seen["filter buttons"] = {
        name: ranges.getByName(name).AutoFilter for name in ranges.ElementNames
    }
    sheet = session.book.Sheets.getByName("Books")
    wanted = TableFilterField()
    wanted.Field, wanted.Operator, wanted.IsNumeric, wanted.StringValue = 2, EQUAL, False, "other"
    area = sheet.getCellRangeByName("A1:F5")
    description = area.createFilterDescriptor(True)
    description.ContainsHeader = True
    description.setFilterFields((wanted,))
    area.filter(description)
    visible = [sheet.Rows.getByIndex(at).IsVisible for at in range(1, 5)]
    seen["filtered"] = [rows.getDataArray()[at][0] for at, one in enumerate(visible) if one]
    description.setFilterFields(())
    area.filter(description)
    seen["back"] = [sheet.Rows.getByIndex(at).IsVisible for at in range(1, 5)]
    return seen


def correct(session):
    """Edit, sort, filter, insert and delete in the library, as somebody who sends it back."""

    def enter(place, text):
        session.cell(place).setFormula(text)  # as if typed: LibreOffice makes of it what it is

    def rows(name):
        return session.book.Sheets.getByName(name).Rows

    enter("Books!C3", "other")
    enter("Books!F2", "13.5")
    enter("Books!E4", "2024-06")
    for place, text in {"A8": "bestiary", "B8": "A bestiary", "C8": "other", "E8": "1200"}.items():
        enter(f"Books!{place}", text)
    area = session.cell("Books!A2:F4")
    field = TableSortField()
    field.Field, field.IsAscending = 1, False
    area.sort((prop("SortFields", uno.Any("[]com.sun.star.table.TableSortField", (field,))),))

    rows("People").insertByIndex(2, 1)
    for place, text in {"A3": "dora", "B3": "Dora", "C3": "=FALSE()", "D3": "ada"}.items():
        enter(f"People!{place}", text)

    enter("Loans!D2", "2024-07-01")
    rows("Loans").removeByIndex(3, 1)
    only(session, "Loans", "A1:E3", 2, "ben")
    return {}


def only(session, name, address, field, value):
    """Filter a table, so that the rows with another value are hidden."""
    wanted = TableFilterField()
    wanted.Field, wanted.Operator, wanted.IsNumeric, wanted.StringValue = field, EQUAL, False, value
    area = session.book.Sheets.getByName(name).getCellRangeByName(address)
    description = area.createFilterDescriptor(True)
    description.ContainsHeader = True
    description.setFilterFields((wanted,))
    area.filter(description)


ACTIONS = {"edit": edit, "correct": correct, "save": lambda session: {}}


def main(action, source, target):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        session = Session(folder)
        try:
            session.open(source)
            seen = ACTIONS[action](session)
            session.store(target, "Calc MS Excel 2007 XML")
        finally:
            session.close()
    print(json.dumps(seen))


if __name__ == "__main__":
    main(*sys.argv[1:])
