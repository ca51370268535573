"""Number formats: is a number shown as a day, a time, a share of a hundred?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sheetpack.received.markup import Element
from sheetpack.received.model import Shown

# Formats that a workbook names by their number alone. Those from 27 on differ from one East
# Asian language to the next; most are days in each.
BUILT_IN: dict[int, Shown] = {
    9: "percent",
    10: "percent",
    14: "date",
    15: "date",
    16: "date",
    17: "month",
    **dict.fromkeys(range(18, 22), "time"),
    22: "datetime",
    **dict.fromkeys([*range(27, 32), *range(34, 37), *range(50, 59)], "date"),
    **dict.fromkeys([32, 33], "time"),
    45: "time",
    46: "duration",
    47: "time",
}
SPAN = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
# Texts in quotation marks, brackets, escaped characters, spaces as wide as a character,
# characters that fill the cell, "General", exponents; none of them is a letter of a date.
NO_LETTERS = re.compile(r'"[^"]*"?|\[[^\]]*\]?|[\\_*].?|general|e[+-]', re.IGNORECASE | re.DOTALL)
HALF_OF_DAY = re.compile(r"am/pm|a/p|上午/下午", re.IGNORECASE)
WANTED = frozenset({"numFmt", "cellXfs", "xf"})
LONGEST_FORMAT = 1_000
SPAN_FOUND = "\0"


def shown_by_style(elements: Iterable[Element]) -> dict[str, Shown]:
    """How the styles of a workbook show numbers.

    Args:
        elements: The elements `numFmt`, `cellXfs` and `xf` of its styles.

    Returns:
        Number of the style as cells name it → how it shows a number; plain ones left out.
    """
    custom: dict[str, Shown] = {}
    styles: dict[str, Shown] = {}
    inside = False
    number = 0
    for name, attributes, _ in elements:
        if name == "cellXfs":
            inside = attributes is not None
        elif attributes is None:
            continue
        elif name == "numFmt":
            custom[attributes["numFmtId"]] = shown(attributes.get("formatCode", ""))
        elif inside:
            used = attributes.get("numFmtId", "0")
            kind = custom[used] if used in custom else BUILT_IN.get(int(used), "")
            if kind:
                styles[str(number)] = kind
            number += 1
    return styles


def shown(code: str) -> Shown:
    """How a format shows a positive number.

    >>> shown('[$-409]d"th" mmm yyyy;@')
    'date'
    """
    letters = NO_LETTERS.sub(_replaced, code[:LONGEST_FORMAT]).lower().partition(";")[0]
    if SPAN_FOUND in letters:
        return "duration"
    letters, halves = HALF_OF_DAY.subn(" ", letters)
    if "%" in letters:
        return "percent"
    has_time = bool(halves) or "h" in letters or "s" in letters
    has_year = any(letter in letters for letter in "yeg")
    has_day = "d" in letters
    if has_time:
        return "datetime" if has_day or has_year else "time"
    if has_day:
        return "date"
    return "month" if has_year or "m" in letters else ""


def _replaced(match: re.Match[str]) -> str:
    return SPAN_FOUND if SPAN.fullmatch(match[0]) else " "
