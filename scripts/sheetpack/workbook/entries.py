"""What may be typed into columns without a drop-down, and what is said on entering them."""

from __future__ import annotations

from collections.abc import Iterator

from sheetpack.issue import column_letters
from sheetpack.package import Field, Resource
from sheetpack.workbook import formulas
from sheetpack.workbook.addresses import FIRST_ROW, Addresses
from sheetpack.workbook.choices import LONGEST_PROMPT, LONGEST_TITLE
from sheetpack.workbook.marks import value_faults
from sheetpack.workbook.model import Choice
from sheetpack.workbook.names import cut
from sheetpack.workbook.wording import advice, filled

LONGEST_FORMULA = 255


def entries(resource: Resource, addresses: Addresses, listed: set[int]) -> Iterator[Choice]:
    """Rules for the columns of a resource.

    Numbers, dates and texts of limited length are refused if they are wrong. Free text is
    never refused, as a person might have good reason for it; a rule of it is only told.

    Args:
        listed: The columns that have a drop-down.
    """
    for field in resource.fields:
        column = addresses.column(resource.name, field.name)
        says = cut(advice(field, resource), LONGEST_PROMPT)
        if column in listed or not says:
            continue
        formula = _fits(field, f"{column_letters(column)}{FIRST_ROW}")
        blank = not filled(field, resource)
        yield Choice(
            column=column,
            first_row=FIRST_ROW,
            last_row=addresses.last_row(resource.name),
            kind="custom" if formula else "any",
            source=formula,
            blank=blank,
            prompt_title=cut(addresses.header(resource.name, field.name), LONGEST_TITLE),
            prompt=says,
            error_title="This does not belong here",
            error=cut(says + (" Or leave the cell empty." if blank else ""), LONGEST_PROMPT),
        )


def _fits(field: Field, cell: str) -> str:
    """A formula that is TRUE for what may stand there, "" where anything may."""
    faults = [fault.format(cell=cell) for fault in value_faults(field)]
    if not faults:
        return ""
    blanks = [each for each in field.blanks if each]
    good = f"NOT({faults[0]})" if len(faults) == 1 else f"NOT(OR({','.join(faults)}))"
    formula = f"OR({formulas.blank(cell, blanks)},{good})" if blanks else good
    # The red marking says it all the same.
    return formula if formulas.is_allowed(formula, LONGEST_FORMULA) else ""
