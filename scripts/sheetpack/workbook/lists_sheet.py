"""The hidden sheet that holds the lists of the drop-downs, one a column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from sheetpack.workbook.addresses import LISTS
from sheetpack.workbook.choices import CodeList
from sheetpack.workbook.model import Column, Sheet, Styled
from sheetpack.workbook.sizes import column_width


def lists_sheet(lists: Sequence[CodeList]) -> Sheet:
    """Lay out all lists, each below its title."""
    columns = tuple(
        Column(each.title, column_width(each.title, map(str, each.values))) for each in lists
    )
    header = tuple(Styled(each.title, "header") for each in lists)
    rows = list(zip_longest(*(each.values for each in lists)))
    return Sheet(LISTS, "hidden", columns, [header, *rows], height=len(rows) + 1)
