"""Every style of the workbook, in one place."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle

FONT = "Arial"
SIZE = 12
DARK = "1F3864"
LINK = "0B5394"
GRID = "BFBFBF"
# Of the series of a chart, in order: each stands out from white (3:1 or more, as WCAG asks)
# and from its neighbours, also in shades of grey.
SERIES = ("2F5597", "C55A11", "7F7F7F", "38761D", "7030A0", "1F3864")
SHADE = "9DC3E6"  # the darkest; text on it is still easy to read
TABS = {"reading": "2F5597", "data": "38761D", "reference": "7F7F7F", "hidden": "7F7F7F"}


class _Font(Font):
    """A font whose parts are written in the order of the standard, which Excel writes too."""

    __attrs__ = Font.__attrs__
    __nested__ = Font.__nested__
    __elements__ = ("b", "i", "strike", "u", "vertAlign", "sz", "color", "name", "family", "scheme")


def _font(**parts: object) -> Font:
    return _Font(**{"name": FONT, "size": SIZE, "family": 2} | parts)


_PLAIN = _font()
# Away from the edge, so that a number does not touch the text of the next column.
_RIGHT = Alignment(vertical="top", horizontal="right", indent=1)
_LEFT = Alignment(vertical="top", horizontal="left")
_TOP = Alignment(vertical="top", wrap_text=True)
_EDGE = Border(right=Side(style="thin", color="FFFFFF"))
# Of a cell that breaks a rule: a frame and two lines below the text, not the colour alone.
# Bold letters would need more room than the column has.
BROKEN = DifferentialStyle(
    font=_Font(underline="double", color="9C0006"),
    fill=PatternFill(bgColor="FFC7CE"),
    border=Border(*[Side(style="thin", color="9C0006")] * 4),
)
# Below each row that is not empty; a rule draws it, as empty cells are not written.
ROW_LINE = DifferentialStyle(border=Border(bottom=Side(style="thin", color="D9D9D9")))


def _style(
    number_format: str = "General",
    font: Font = _PLAIN,
    alignment: Alignment = _TOP,
    fill: PatternFill | None = None,
    border: Border | None = None,
) -> dict[str, object]:
    parts = {"number_format": number_format, "font": font, "alignment": alignment}
    return parts | {"fill": fill or PatternFill(), "border": border or Border()}


STYLES: dict[str, dict[str, object]] = {
    "text": _style("@"),
    "integer": _style("0", alignment=_RIGHT),
    "number": _style(alignment=_RIGHT),
    # Excel shows TRUE and FALSE in any format, LibreOffice in this one only.
    "boolean": _style('"TRUE";"TRUE";"FALSE"', alignment=_LEFT),
    "date": _style("yyyy-mm-dd", alignment=_LEFT),
    "datetime": _style("yyyy-mm-dd hh:mm:ss", alignment=_LEFT),
    "link": _style("@", font=_font(color=LINK, underline="single")),
    "header": _style(
        "@",
        font=_font(bold=True, color="FFFFFF"),
        alignment=Alignment(vertical="center", wrap_text=True),
        fill=PatternFill("solid", fgColor=DARK),
        border=_EDGE,
    ),
    "title": _style(
        "@",
        font=_font(size=20, bold=True, color=DARK),
        alignment=Alignment(vertical="center"),
    ),
    "heading": _style(
        "@",
        font=_font(size=14, bold=True, color=DARK),
        alignment=Alignment(vertical="bottom"),
    ),
    "label": _style("@", font=_font(bold=True)),
    "prose": _style("@"),
    # A line that runs on over the empty cells beside it.
    "line": _style("@", alignment=Alignment(vertical="top")),
    # A number to be seen from afar.
    "figure": _style(
        font=_font(size=20, bold=True, color=DARK),
        alignment=Alignment(vertical="center", horizontal="left"),
    ),
}

# Of the workbook of changes alone: of what was and of what is. Everybody can tell orange from
# blue, and the words in the first column say the same.
CHANGE_STYLES: dict[str, dict[str, object]] = {
    "old": _style("@", fill=PatternFill("solid", fgColor="FBE5D6")),
    "new": _style("@", fill=PatternFill("solid", fgColor="DEEBF7")),
}


def register(workbook: Workbook, more: Mapping[str, dict[str, object]]) -> dict[str, int]:
    """Make all styles known to a workbook, and Arial 12 its usual font.

    Args:
        more: Styles that only this workbook uses.

    Returns:
        Style name → the number by which the cells of this workbook name it.
    """
    # The usual font is the first one; it is also the measure of the columns' widths.
    usual: NamedStyle = workbook._named_styles["Normal"]
    workbook._fonts.clear()
    usual.font = _PLAIN
    numbers = {}
    for row, (name, parts) in enumerate((STYLES | dict(more)).items(), start=1):
        sample = workbook.active.cell(row, 1)
        for attribute, value in parts.items():
            setattr(sample, attribute, value)
        numbers[name] = sample.style_id
    return numbers
