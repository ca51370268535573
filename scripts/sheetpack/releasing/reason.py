"""One change between two releases, with its rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sheetpack.releasing.version import Rank

Section = Literal["Added", "Changed", "Removed", "Fixed"]
SECTIONS: tuple[Section, ...] = ("Added", "Changed", "Removed", "Fixed")


@dataclass(frozen=True)
class Reason:
    """One change, in words.

    Attributes:
        section: Where it stands in the changelog.
        sheet: Name of the resource; "" for the package.
        text: What changed, without a full stop.
        records: What names the rows concerned; () where it is not about rows.
    """

    rank: Rank
    section: Section
    sheet: str
    text: str
    records: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The sheet and what changed in it; without the rows."""
        return f"{self.sheet}: {self.text}" if self.sheet else self.text
