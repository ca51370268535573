"""The red marking: the rules of the schema as formulas for the cells of a data sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sheetpack.issue import column_letters
from sheetpack.package import Field, Resource
from sheetpack.workbook import formulas, patterns
from sheetpack.workbook.addresses import FIRST_ROW, Addresses
from sheetpack.workbook.cells import NATIVE, typed
from sheetpack.workbook.choices import Choices
from sheetpack.workbook.model import Mark, quoted
from sheetpack.workbook.names import formula_wish
from sheetpack.workbook.rows import serial
from sheetpack.workbook.wording import allowed, filled

# Each marked cell is compared with all rows of a key, so that the work grows with the square of
# their number. A spreadsheet does it at once for some thousands, but not for 100,000.
MOST_COMPARED = 5_000


@dataclass(frozen=True)
class Marks:
    """The marking of all data sheets.

    Attributes:
        of_resource: Resource name → its marks.
        names: Defined names → formulas, for the keys that other sheets refer to.
        unmarked: Resource and field → what may be wrong there and is not marked, in words.
    """

    of_resource: dict[str, tuple[Mark, ...]]
    names: dict[str, str]
    unmarked: dict[tuple[str, str], tuple[str, ...]]


def marks(addresses: Addresses, choices: Choices) -> Marks:
    """Turn every rule that a formula can hold into a mark."""
    maker = _Maker(addresses, choices)
    of_resource = {
        resource.name: tuple(maker.of_resource(resource))
        for resource in addresses.package.resources
    }
    unmarked = {place: tuple(what) for place, what in maker.unmarked.items()}
    return Marks(of_resource, maker.names, unmarked)


def value_faults(field: Field) -> Iterator[str]:
    """What a value of the field can break by itself: formulas, with {cell} for the cell."""
    # Where numbers or dates are written in a manner of their own, so may their texts be.
    if field.format == "default" and field.type in formulas.TYPES:
        yield formulas.TYPES[field.type]
        for name, formula in formulas.LIMITS.items():
            limit = _number(field.type, field.constraints.get(name))
            if limit:
                yield formula.replace("{limit}", limit)
    if field.type == "string":
        for name, formula in formulas.LENGTHS.items():
            limit = _number("integer", field.constraints.get(name))
            if limit:
                yield formula.replace("{limit}", limit)


def _number(kind: str, value: Any) -> str:
    """A number or a day as formulas write it; "" for none, or one that no cell can hold."""
    number = None if value is None else typed(kind, value)
    if kind == "boolean" or number is None or not NATIVE[kind](number):
        return ""
    return str(serial(number)) if isinstance(number, date) else str(number)


def _given(cell: str, field: Field) -> str:
    """A formula that is TRUE for a cell with a value."""
    blanks = (f"NOT({formulas.blank(cell, [each])})" for each in field.blanks if each)
    parts = [f'{cell}<>""', *blanks]
    return parts[0] if len(parts) == 1 else f"AND({','.join(parts)})"


class _Maker:
    """Makes the marks of one resource after the other, and notes what it leaves out."""

    def __init__(self, addresses: Addresses, choices: Choices):
        self.addresses = addresses
        self.choices = choices
        self.names: dict[str, str] = {}
        self.unmarked: dict[tuple[str, str], list[str]] = {}
        self._keys: dict[tuple[str, str], str] = {}
        self._sharing = [
            each for each in addresses.package.resources if each.settings.get("sharedIds")
        ]

    def of_resource(self, resource: Resource) -> Iterator[Mark]:
        """All marks of a resource, column by column, then those of its keys."""
        for field in resource.fields:
            for fault in self._faults(resource, field):
                cell = self._cell(resource, field.name)
                yield from self._mark(
                    resource, field.name, f"IF({_given(cell, field)},{fault},FALSE)"
                )
            if filled(field, resource):
                last = column_letters(len(resource.fields))
                missing = formulas.MISSING.format(
                    blank=formulas.blank(self._cell(resource, field.name), field.blanks),
                    row=f"$A{FIRST_ROW}:${last}{FIRST_ROW}",
                )
                yield from self._mark(resource, field.name, missing)
        yield from self._repeated(resource)
        yield from self._unknown(resource)

    def _faults(self, resource: Resource, field: Field) -> Iterator[str]:
        """Formulas for what a field's own rules forbid."""
        cell = self._cell(resource, field.name)
        for fault in value_faults(field):
            yield fault.format(cell=cell)
        refers = any(field.name in key.fields for key in resource.foreign_keys)
        if "pattern" in field.constraints and not allowed(field) and not refers:
            fault = patterns.broken(str(field.constraints["pattern"]))
            if fault:
                yield fault.format(cell=cell)
            else:
                self._leave(resource, [field.name], "the pattern")
        if "edtf" in field.settings:
            self._leave(resource, [field.name], "what is no date")
        if allowed(field) and field.type != "boolean":
            column = self.addresses.column(resource.name, field.name)
            for choice in self.choices.of_resource[resource.name]:
                if choice.column == column:
                    yield formulas.unknown([[(choice.source, cell)]])
        if field.settings.get("anyId") and self._sharing:
            places = [[(self._key(each.name, each.primary_key[0]), cell)] for each in self._sharing]
            if self._is_short(each.name for each in self._sharing):
                yield formulas.unknown(places)
            else:
                self._leave(resource, [field.name], "an id that no record has")

    def _repeated(self, resource: Resource) -> Iterator[Mark]:
        """Marks for keys that stand there twice."""
        single = [(each.name,) for each in resource.fields if each.constraints.get("unique")]
        whole = [*filter(None, [resource.primary_key]), *single]
        for names in dict.fromkeys([*whole, *resource.unique_keys]):
            others = [
                each.name
                for each in self._sharing
                if resource in self._sharing and names == resource.primary_key
            ]
            if not self._is_short({resource.name, *others}):
                self._leave(resource, names, "the same again")
                continue
            cells = [self._cell(resource, name) for name in names]
            places = [
                [
                    (self.addresses.prepared_range(resource.name, name), cell)
                    for name, cell in zip(names, cells, strict=True)
                ]
            ]
            for other in others:
                if other != resource.name:
                    key = self.addresses.package.resource(other).primary_key[0]
                    places.append([(self._key(other, key), cells[0])])
            # A unique key with a blank part is none; any other key is blank as a whole only.
            given = "OR" if names in whole else "AND"
            yield from self._key_marks(resource, names, given, formulas.repeated(places))

    def _unknown(self, resource: Resource) -> Iterator[Mark]:
        """Marks for references to what the other sheet does not have."""
        for key in resource.foreign_keys:
            if not key.fields:
                continue
            if not self._is_short([key.reference]):
                self._leave(resource, key.fields, "what the other sheet lacks")
                continue
            pairs = [
                (self._key(key.reference, there), self._cell(resource, here))
                for here, there in zip(key.fields, key.reference_fields, strict=True)
            ]
            fault = formulas.unknown([pairs])
            yield from self._key_marks(resource, key.fields, "OR", fault)

    def _key_marks(
        self, resource: Resource, names: Iterable[str], given: str, fault: str
    ) -> Iterator[Mark]:
        names = tuple(names)
        parts = [_given(self._cell(resource, name), resource.field(name)) for name in names]
        filled_in = parts[0] if len(parts) == 1 else f"{given}({','.join(parts)})"
        for name in names:
            yield from self._mark(resource, name, f"IF({filled_in},{fault},FALSE)")

    def _mark(self, resource: Resource, name: str, formula: str) -> Iterator[Mark]:
        if not formulas.is_allowed(formula):
            self._leave(resource, [name], "some of this")
            return
        column = self.addresses.column(resource.name, name)
        yield Mark(column, FIRST_ROW, self.addresses.last_row(resource.name), formula)

    def _cell(self, resource: Resource, name: str) -> str:
        """The first cell of a field; a spreadsheet moves it down for each row."""
        return f"${column_letters(self.addresses.column(resource.name, name))}{FIRST_ROW}"

    def _key(self, resource: str, name: str) -> str:
        """The name of all prepared cells of a field, for formulas on other sheets."""
        if (resource, name) not in self._keys:
            wish = formula_wish(f"keys_{self.addresses.tables[resource]}_{name}")
            own = self.addresses.formula_names.name(wish, "_{}")
            sheet = quoted(self.addresses.resources[resource])
            cells = self.addresses.prepared_range(resource, name).replace("$", f"{sheet}!$", 1)
            self._keys[resource, name] = own
            self.names[own] = cells
        return self._keys[resource, name]

    def _is_short(self, resources: Iterable[str]) -> bool:
        return sum(self.addresses.heights[each] for each in set(resources)) <= MOST_COMPARED

    def _leave(self, resource: Resource, names: Iterable[str], what: str) -> None:
        for name in names:
            left = self.unmarked.setdefault((resource.name, name), [])
            if what not in left:
                left.append(what)
