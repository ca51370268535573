"""Names that a spreadsheet accepts: of sheets, tables, headers and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST_SHEET = 31
LONGEST_NAME = 255
LONGEST_TIP = 255
NOT_IN_SHEET = re.compile(r"[\[\]:*?/\\]")
NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
LIKE_A_CELL = re.compile(r"[a-z]{1,3}[0-9]+|r[0-9]*(c[0-9]*)?|c[0-9]*", re.IGNORECASE)


def units(text: str) -> int:
    """Length as a spreadsheet counts it: in units of UTF-16.

    >>> units("🚗")
    2
    """
    if text.isascii():
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


def cut(text: str, limit: int) -> str:
    """The text, or its beginning with an ellipsis, in at most `limit` units.

    >>> cut("Who said what", 8)
    'Who sai…'
    """
    if units(text) <= limit:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (limit - 1)]
    return kept.decode("utf-16-le", "ignore").rstrip() + "…"  # without half a character


def plain(text: str) -> str:
    """The text on one line, without characters that cannot be shown."""
    return " ".join(NOT_SHOWN.sub(" ", text).split())


class Namer:
    """Gives every wish a name of its own, without regard to capitals.

    Args:
        limit: The longest name allowed.
        taken: Names already in use.
    """

    def __init__(self, limit: int, taken: Iterable[str] = ()):
        self.limit = limit
        self.taken = {name.casefold() for name in taken}

    def name(self, wish: str, mark: str = " ({})") -> str:
        """The wish itself where it is free, else with a number put behind."""
        name, count = cut(wish, self.limit), 1
        while name.casefold() in self.taken:
            count += 1
            end = mark.format(count)
            name = cut(wish, self.limit - len(end)) + end
        self.taken.add(name.casefold())
        return name


def sheet_wish(title: str) -> str:
    """A sheet name that is allowed, if perhaps not free: from a title.

    >>> sheet_wish("Gifts: given/taken?")
    'Gifts given taken'
    """
    name = plain(NOT_IN_SHEET.sub(" ", title)).strip("' ") or "Sheet"
    name = cut(name, LONGEST_SHEET)
    # Excel keeps this name for itself.
    return name if name.casefold() != "history" else "History sheet"


def formula_wish(name: str) -> str:
    """A name that a formula may use for a table or a list, if perhaps not free.

    >>> formula_wish("2024-gifts"), formula_wish("ab12")
    ('_2024_gifts', '_ab12')
    """
    name = "".join(c if c.isalpha() or c in "0123456789_" else "_" for c in name)
    if not name or not (name[0].isalpha() or name[0] == "_") or LIKE_A_CELL.fullmatch(name):
        name = f"_{name}"
    return name


def headers(titles: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Headers for the columns of one table, from (title, name) pairs.

    A header is never blank; of two equal titles, the second gets the field's name as well.
    """
    namer = Namer(LONGEST_NAME)
    found = []
    for title, name in titles:
        wish = plain(title) or plain(name) or "Column"
        if wish.casefold() in namer.taken:
            wish = f"{wish} ({plain(name)})"
        found.append(namer.name(wish))
    return tuple(found)
