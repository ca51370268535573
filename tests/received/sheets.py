"""Sheets as they come out of a received workbook, written down as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sheetpack.received.model import Comment, ReceivedSheet


def sheet(name: str, *rows: Sequence[Any], number: int = 1, **more: Any) -> ReceivedSheet:
    """A sheet; a row is its cells from column A on, None for an empty one."""
    merged = more.pop("merged", [])
    comments = tuple(Comment(*each) for each in more.pop("comments", ()))

    def read():
        for at, cells in enumerate(rows, start=1):
            values = {column: cell for column, cell in enumerate(cells, 1) if cell is not None}
            if values:
                yield at, values

    return ReceivedSheet(
        name, number, comments=comments, read=read, read_merged=lambda: merged, **more
    )
