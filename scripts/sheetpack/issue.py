"""What can be wrong, and where: the one type that every check returns."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, order=True, kw_only=True, slots=True)
class Issue:
    """One thing that is wrong, at one place, in words for a person.

    Issues are ordered by place, so that sorted issues read from the top of a file
    to its end, and compare equal when everything about them is equal.

    Attributes:
        file: Path of the file, relative to the descriptor's folder; "" for the package.
        sheet: Name of the sheet, where the file is a workbook; "" where it is none.
        resource: Name of the resource; "" when the issue concerns no single resource.
        row: Row as a spreadsheet counts it (the header is row 1); 0 for no row.
        column: Column counted from 1; 0 for no column.
        field: Name of the field; "" for no field.
        header: What the column is called on the sheet; "" where it goes by the field's name.
        code: Key of the message in the catalogue (`messages.toml`).
        message: One plain sentence: what is wrong.
        hint: What to do about it; "" where the message says it.
        key: The row's primary key as text; "" where there is none.
        level: "error" makes a package invalid, "warning" does not.
    """

    file: str = ""
    sheet: str = ""
    resource: str = ""
    row: int = 0
    column: int = 0
    field: str = ""
    header: str = ""
    code: str
    message: str
    hint: str = ""
    key: str = ""
    level: Level = "error"

    @property
    def cell(self) -> str:
        """Address in A1 notation, "" unless both row and column are known."""
        return f"{column_letters(self.column)}{self.row}" if self.row and self.column else ""

    def to_dict(self) -> dict[str, Any]:
        """All attributes and the cell address, ready for JSON."""
        return asdict(self) | {"cell": self.cell}


@lru_cache(maxsize=16_384)
def column_letters(number: int) -> str:
    """Letters of a column counted from 1: 1 is A, 27 is AA.

    >>> column_letters(28)
    'AB'
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Refusal(Exception):
    """Input that cannot be worked on at all; carries the issues that say why."""

    def __init__(self, *issues: Issue):
        super().__init__("; ".join(issue.message for issue in issues))
        self.issues = list(issues)
