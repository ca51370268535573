"""What a cell of a received workbook means for the file, and how that is told."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from sheetpack.issue import Level
from sheetpack.received.model import Special
from sheetpack.translating.days import words

NO_FACTS: Mapping[str, Any] = MappingProxyType({})


class Translated(NamedTuple):
    """The text of a cell for the file.

    Attributes:
        text: None for nothing, also where it is not certain.
        code: Key of the message in the catalogue that tells what was done or must be asked;
            "" where there is nothing to tell.
        facts: What that message names.
        certain: False where a person must decide.
    """

    text: str | None
    code: str = ""
    facts: Mapping[str, Any] = NO_FACTS
    certain: bool = True

    @property
    def level(self) -> Level:
        return "warning" if self.certain else "error"


def told(code: str, cell: Special, text: str | None) -> Translated:
    """A text that is certain, with what has to be told about it; no code for nothing."""
    return Translated(text, code, {"cell": words(cell), "text": text or ""} if code else NO_FACTS)


def asked(code: str, cell: Special) -> Translated:
    """No text: a person must decide."""
    return Translated(None, code, {"cell": words(cell)}, certain=False)
