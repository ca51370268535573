"""A sheet put first into somebody's workbook: a title, some lines, and one table with links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from sheetpack.issue import Issue, column_letters
from sheetpack.marking.splicing import escaped
from sheetpack.workbook.addresses import MOST_LINKS
from sheetpack.workbook.cells import ILLEGAL, LONGEST_TEXT
from sheetpack.workbook.model import Column, Sheet, Spot, Styled
from sheetpack.workbook.names import cut, plain
from sheetpack.workbook.rows import chunks
from sheetpack.workbook.writer import LONGEST_TIP, MARGINS, PAPER_A4

PROBLEMS = "Problems"
HEADERS = ("Where", "Column", "What is wrong", "What to do")
WIDTHS = (24.0, 24.0, 48.0, 48.0)
STYLES = ("title", "line", "header", "text", "link")
UNUSED_STYLES = ("integer", "number")  # the writer of rows asks for them; all here is text
MOST_ROWS = 1_048_000  # a sheet holds 1,048,576, with the lines above the table
TAB = "C55A11"  # orange, as the marks are
REPLACEMENT = "�"


class LinkTo(NamedTuple):
    """A cell that leads to another one of the workbook."""

    text: str
    sheet: str
    row: int
    column: int


class Mark(NamedTuple):
    """A cell to be marked."""

    sheet: str
    row: int
    column: int


Entry: TypeAlias = str | LinkTo


@dataclass(frozen=True)
class Page:
    """A sheet to be put first.

    Attributes:
        name: Its name and its title.
        intro: Lines between the title and the table.
        widths: Of the columns, in characters.
    """

    name: str
    intro: Sequence[str]
    headers: Sequence[str]
    rows: Sequence[Sequence[Entry]]
    widths: Sequence[float]

    @property
    def header_row(self) -> int:
        """The row of the table's headers."""
        return len(self.intro) + 2


def problems(issues: Sequence[Issue], intro: Sequence[str] = ()) -> Page:
    """What is wrong in a workbook, in the order given, each with a link to its place.

    Args:
        intro: What to say first.
    """
    rows = [
        (
            _where(issue),
            issue.header or issue.field,
            f"Note: {issue.message}" if issue.level == "warning" else issue.message,
            issue.hint,
        )
        for issue in issues[:MOST_ROWS]
    ]
    more = len(issues) - len(rows)
    lines = [*intro, f"There are {more:,} more, which do not fit here."] if more else intro
    return Page(PROBLEMS, lines, HEADERS, rows, WIDTHS)


def marks(issues: Iterable[Issue]) -> list[Mark]:
    """The cells to be marked: those of what is wrong, not of mere notes.

    Of a whole row its first cell is marked, of a whole column its header.
    """
    found = {
        Mark(issue.sheet, issue.row or 1, issue.column or 1)
        for issue in issues
        if issue.level == "error" and issue.sheet and (issue.row or issue.column)
    }
    return sorted(found)


def rendered(page: Page, name: str, styles: Mapping[str, int], namespace: str) -> bytes:
    """The part of the workbook that holds the sheet.

    Args:
        name: What the sheet is called there.
        styles: Name of one of `STYLES` → its number in that workbook.
        namespace: The one of all elements there.
    """
    columns = tuple(
        Column(header, width) for header, width in zip(page.headers, page.widths, strict=True)
    )
    sheet = Sheet(name, "reference", columns, list(_rows(page)), page.header_row + len(page.rows))
    numbers = {**styles, **dict.fromkeys(UNUSED_STYLES, styles["text"])}
    below = f"A{page.header_row + 1}"
    pieces = [
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{namespace}">'
        f'<sheetPr><tabColor rgb="FF{TAB}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="{sheet.size}"/>'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{page.header_row}" topLeftCell="{below}" activePane="bottomLeft" '
        f'state="frozen"/><selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/>'
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15.75"/>',
        _columns(columns, styles["text"]),
        "<sheetData>",
        b"".join(chunks(sheet, numbers)),
        "</sheetData>",
        b"".join(_links(page)),
        _printing(),
        "</worksheet>",
    ]
    return b"".join(each.encode() if isinstance(each, str) else each for each in pieces)


def _where(issue: Issue) -> Entry:
    if not issue.sheet:
        return "The workbook as a whole"
    place = issue.cell or (f"row {issue.row}" if issue.row else "")
    if not place and issue.column:
        place = f"column {column_letters(issue.column)}"
    text = f"{issue.sheet}{'!' if issue.cell else ', '}{place}" if place else issue.sheet
    return LinkTo(text, issue.sheet, issue.row or 1, issue.column or 1)


def _rows(page: Page) -> Iterator[tuple[Any, ...]]:
    yield (Styled(_fit(page.name), "title"),)
    for line in page.intro:
        yield (Styled(_fit(line), "line"),)
    yield tuple(Styled(_fit(header), "header") for header in page.headers)
    for row in page.rows:
        yield tuple(
            Styled(_fit(cell.text), "link") if isinstance(cell, LinkTo) else _styled(cell)
            for cell in row
        )


def _styled(text: str) -> Styled | None:
    return Styled(_fit(text), "text") if text else None


def _fit(text: str) -> str:
    """A text as a cell can hold it."""
    return cut(ILLEGAL.sub(REPLACEMENT, text), LONGEST_TEXT)


def _columns(columns: Sequence[Column], style: int) -> str:
    each = (
        f'<col min="{number}" max="{number}" width="{column.width}" style="{style}" '
        'customWidth="1"/>'
        for number, column in enumerate(columns, start=1)
    )
    return f"<cols>{''.join(each)}</cols>"


def _links(page: Page) -> Iterator[bytes]:
    """The links, as many as a sheet may have; rows beyond that name the place all the same."""
    found = []
    for number, row in enumerate(page.rows, start=page.header_row + 1):
        for column, cell in enumerate(row, start=1):
            if isinstance(cell, LinkTo) and len(found) < MOST_LINKS:
                target = Spot(cell.sheet, cell.row, cell.column).reference
                tip = cut(f"Go to {plain(cell.text)}", LONGEST_TIP)
                found.append(
                    f'<hyperlink ref="{column_letters(column)}{number}" location="'.encode()
                    + escaped(target)
                    + b'" tooltip="'
                    + escaped(tip)
                    + b'" display="'
                    + escaped(cut(plain(cell.text), LONGEST_TIP))
                    + b'"/>'
                )
    if found:
        yield b"<hyperlinks>"
        yield from found
        yield b"</hyperlinks>"


def _printing() -> str:
    margins = "".join(f' {side}="{inches}"' for side, inches in MARGINS.items())
    return (
        f'<pageMargins{margins} header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="{PAPER_A4}" orientation="landscape" fitToHeight="0"/>'
    )
