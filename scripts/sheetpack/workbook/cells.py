"""What stands in a cell: native where nothing is lost, else the text of the file.

A spreadsheet keeps 15 digits of a number, knows no date before March 1900 that it would
count right, and neither time zones, durations nor lists.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any

from sheetpack.issue import Issue
from sheetpack.table import Table
from sheetpack.workbook.names import units

MOST_ROWS = 1_048_575  # below the header
MOST_COLUMNS = 16_384
LONGEST_TEXT = 32_767
FIRST_DATE = date(1900, 3, 1)
MOST_DIGITS = 15
LARGEST_EXPONENT = 300
ROWS_AT_ONCE = 8_000
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Native = str | int | float | Decimal | bool | date | datetime | None


def as_text(raw: Any) -> str | None:
    """A cell as the file has it; None where it is empty."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, str):
        return raw
    if isinstance(raw, dict | list):
        return json.dumps(raw, ensure_ascii=False)
    return str(raw)


def is_safe_integer(value: int) -> bool:
    """Does a spreadsheet keep every digit of it?"""
    return abs(value) < 10**MOST_DIGITS


def is_safe_number(value: Decimal | float | int) -> bool:
    """Is it finite, of a size a spreadsheet knows, and are all its digits kept?"""
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return False
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    return len(digits) <= MOST_DIGITS and abs(number.adjusted()) <= LARGEST_EXPONENT


def _date(value: date) -> bool:
    return value >= FIRST_DATE


def _datetime(value: datetime) -> bool:
    return value.tzinfo is None and not value.microsecond and value.date() >= FIRST_DATE


# Type of a field → may this value be native? Types that are not here are always text.
NATIVE: Mapping[str, Callable[[Any], bool]] = {
    "integer": is_safe_integer,
    "number": is_safe_number,
    "boolean": lambda value: True,
    "date": _date,
    "datetime": _datetime,
    "year": lambda value: value >= 1000,
}
STYLES = {
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
    "year": "integer",
}


def converter(kind: str) -> Callable[[Any, Any], Native]:
    """A function from a raw and a typed cell of that type to what the workbook holds."""
    native = NATIVE.get(kind)
    if native is None:
        return lambda raw, value: raw if raw and isinstance(raw, str) else as_text(raw)
    return lambda raw, value: value if value is not None and native(value) else as_text(raw)


def typed(kind: str, value: Any) -> Any:
    """A value of the descriptor as that type has it; None where it does not fit."""
    try:
        match kind:
            case "integer" | "year":
                return int(value)
            case "number":
                return Decimal(str(value))
            case "date":
                return date.fromisoformat(str(value))
            case "datetime":
                return datetime.fromisoformat(str(value))
    except (ValueError, TypeError, InvalidOperation):
        return None
    return value


def style(kind: str) -> str:
    """The style of cells of that type that are yet to be filled."""
    return STYLES.get(kind, "text")


def problems(tables: Iterable[Table]) -> Iterator[Issue]:
    """Everything in the data that a sheet cannot hold."""
    for table in tables:
        resource = table.resource
        sizes = {
            "sheet-rows": (len(table.rows), MOST_ROWS),
            "sheet-columns": (len(resource.fields), MOST_COLUMNS),
        }
        for code, (count, limit) in sizes.items():
            if count > limit:
                yield table.issue(code, count=count, limit=limit)
        if _surely_fit(table):
            continue
        for row in table.rows:
            for at, raw in enumerate(row.raw):
                for code, facts in text_problems(as_text(raw) or ""):
                    yield table.issue(code, row, resource.fields[at].name, **facts)


def _surely_fit(table: Table) -> bool:
    """Can a sheet hold all cells, as is seen without looking closely at any?"""
    rows = iter(table.rows)
    try:
        while some := list(islice(rows, ROWS_AT_ONCE)):
            # Most texts stand there several times, and each is looked at once.
            if not all(map(is_surely_fit, {cell for row in some for cell in row.raw})):
                return False
    except TypeError:  # a list or an object in data that is no text
        return False
    return True


def is_surely_fit(value: Any) -> bool:
    """Is it nothing, or a text that any cell can hold?"""
    return value is None or (
        isinstance(value, str)
        and len(value) * 2 <= LONGEST_TEXT
        and (value.isprintable() or not ILLEGAL.search(value))
    )


def text_problems(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Why a cell cannot hold a text: codes of the catalogue, with their facts."""
    illegal = ILLEGAL.search(text)
    if illegal:
        yield "sheet-text-illegal", {"character": f"U+{ord(illegal[0]):04X}"}
    if len(text) * 2 > LONGEST_TEXT and units(text) > LONGEST_TEXT:
        yield "sheet-text-long", {"length": units(text), "limit": LONGEST_TEXT}
