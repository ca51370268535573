"""Drop-downs: from code lists, which stand on a sheet of their own, and from other sheets.

A list is always a range of cells, as a list written into the rule itself may not exceed
255 characters, and a rule that names a table by its name damages the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sheetpack.issue import column_letters
from sheetpack.package import Field, Resource
from sheetpack.workbook.addresses import FIRST_ROW, LISTS, Addresses
from sheetpack.workbook.cells import Native, converter, text_problems, typed
from sheetpack.workbook.model import Choice, quoted
from sheetpack.workbook.names import cut, formula_wish, plain
from sheetpack.workbook.wording import allowed, filled

LONGEST_TITLE = 32
LONGEST_PROMPT = 255
SCALAR = {"string", "integer", "number", "boolean", "date", "year", "yearmonth", "any"}


@dataclass(frozen=True)
class CodeList:
    """A column of the sheet of lists."""

    title: str
    values: tuple[Native, ...]


@dataclass(frozen=True)
class Choices:
    """All drop-downs of a workbook.

    Attributes:
        lists: The columns of the sheet of lists.
        names: Defined names → formulas, one a list. By its name a list on another sheet can
            be used in any rule, in every version of Excel.
        of_resource: Resource name → its drop-downs.
    """

    lists: tuple[CodeList, ...]
    names: dict[str, str]
    of_resource: dict[str, tuple[Choice, ...]]


def choices(addresses: Addresses) -> Choices:
    """Find the drop-down of every field that can have one."""
    lists: dict[tuple[Any, ...], tuple[str, CodeList]] = {}
    names: dict[tuple[str, str], str] = {}
    formulas: dict[str, str] = {}

    def list_range(field: Field, values: tuple[Native, ...]) -> str:
        # True equals 1 in Python, but not in a spreadsheet.
        identity = tuple((type(value), value) for value in values)
        if identity not in lists:
            title = plain(field.settings.get("codes") or field.title)
            own = addresses.formula_names.name(formula_wish(f"list_{title}"), "_{}")
            lists[identity] = own, CodeList(title, values)
            letters = column_letters(len(lists))
            formulas[own] = f"{quoted(LISTS)}!${letters}$2:${letters}${len(values) + 1}"
        return lists[identity][0]

    def growing_range(resource: str, name: str) -> str:
        if (resource, name) not in names:
            wish = f"list_{addresses.tables[resource]}_{name}"
            own = addresses.formula_names.name(formula_wish(wish), "_{}")
            names[resource, name] = own
            formulas[own] = addresses.filled_range(resource, name)
        return names[resource, name]

    def of_resource(resource: Resource) -> Iterator[Choice]:
        parents = {
            key.fields[0]: (key.reference, key.reference_fields[0])
            for key in resource.foreign_keys
            if len(key.fields) == 1
        }
        for field in resource.fields:
            values = _values(field, resource)
            if values:
                yield _choice(resource, field, list_range(field, values), addresses, "")
            elif field.name in parents:
                parent, name = parents[field.name]
                sheet = addresses.resources[parent]
                advice = f" To use a new one, add its row to the sheet “{sheet}” first."
                yield _choice(resource, field, growing_range(parent, name), addresses, advice)

    found = {
        resource.name: tuple(of_resource(resource)) for resource in addresses.package.resources
    }
    return Choices(tuple(column for _, column in lists.values()), formulas, found)


def _choice(
    resource: Resource, field: Field, source: str, addresses: Addresses, advice: str
) -> Choice:
    title = cut(addresses.header(resource.name, field.name), LONGEST_TITLE)
    blank = not filled(field, resource)
    return Choice(
        column=addresses.column(resource.name, field.name),
        first_row=FIRST_ROW,
        last_row=addresses.last_row(resource.name),
        source=source,
        blank=blank,
        prompt_title=title,
        prompt=cut("Choose from the list." + advice, LONGEST_PROMPT),
        error_title="Not in the list",
        error=cut(
            "Choose a value from the list"
            + (", or leave the cell empty." if blank else ".")
            + advice,
            LONGEST_PROMPT,
        ),
    )


def _values(field: Field, resource: Resource) -> tuple[Native, ...]:
    """The values of a field's drop-down, as its cells hold them; () for no drop-down."""
    if field.type == "boolean":
        return (True, False)
    if field.type not in SCALAR:
        return ()
    convert = converter(field.type)
    # As the data is read: a list may be written in the field's own format.
    read = resource.source.schema.get_field(field.name).create_value_reader()

    def native(value: Any) -> Any:
        found = read(value)
        return typed(field.type, value) if found is None else found

    # What no cell can hold cannot be chosen; data that has it is refused.
    holdable = (value for value in allowed(field) if not any(text_problems(str(value))))
    return tuple(convert(value, native(value)) for value in holdable)
