"""What may stand in a column, in words for people who do not program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sheetpack.package import Field, ForeignKey, Package, Resource
from sheetpack.workbook.names import plain

KINDS = {
    "string": "Text",
    "integer": "Whole number",
    "number": "Number",
    "boolean": "Yes or no",
    "date": "Date",
    "time": "Time of day",
    "datetime": "Date and time",
    "year": "Year",
    "yearmonth": "Year and month",
    "duration": "Length of time",
    "geopoint": "Point on the map",
    "geojson": "Shape on the map",
    "object": "Set of values (JSON)",
    "array": "List of values (JSON)",
    "list": "List of values",
    "any": "Anything",
}
FORMATS = {
    "email": "E-mail address",
    "uri": "Web address",
    "uuid": "Identifier (UUID)",
    "binary": "Encoded data (Base64)",
}
HOW = {
    "boolean": "TRUE or FALSE.",
    "date": "A day, such as 2024-06-19.",
    "time": "A time, such as 18:30:00.",
    "datetime": "A day and time, such as 2024-06-19 18:30:00.",
    "year": "A year, such as 2024.",
    "yearmonth": "A month, such as 2024-06.",
    "duration": "A length of time in ISO 8601, such as P1Y6M.",
    "geopoint": "Longitude, then latitude.",
}
LIMITS = {
    "minimum": "Not below {}.",
    "maximum": "Not above {}.",
    "exclusiveMinimum": "Above {}.",
    "exclusiveMaximum": "Below {}.",
    "minLength": "At least {} characters or entries.",
    "maxLength": "At most {} characters or entries.",
}
CODES_SHOWN = 12


def kind(field: Field) -> str:
    """What sort of thing the column holds."""
    if "edtf" in field.settings:
        return "Date, as exactly as known"
    if allowed(field):
        return "Choice from a list"
    return FORMATS.get(field.format) or KINDS.get(field.type, "Text")


def allowed(field: Field) -> tuple[Any, ...]:
    """The only values a field may have: its `enum`, else its categories; () if it is free."""
    return tuple(field.constraints.get("enum") or field.categories)


def filled(field: Field, resource: Resource) -> bool:
    """Must every row have a value here?"""
    return field.required or field.name in resource.primary_key


def rules(field: Field, resource: Resource, package: Package) -> Iterator[str]:
    """What may be written into a column, one sentence each."""
    if field.type in HOW:
        yield HOW[field.type]
    if "edtf" in field.settings:
        yield "As exactly as it is known: 2024-06-19, 2024-06 or 2024."
        yield "1961/1996 for what lasted, [..2024-06-19] for what happened by that day."
    if allowed(field):
        codes = ", ".join(str(code) for code in allowed(field)[:CODES_SHOWN])
        more = len(allowed(field)) - CODES_SHOWN
        yield f"One of: {codes}{f' … and {more} more' if more > 0 else ''}."
    for key in resource.foreign_keys:
        if field.name in key.fields and _leads_somewhere(key, package):
            parent = package.resource(key.reference)
            to = parent.field(key.reference_fields[key.fields.index(field.name)])
            yield f"As in the column “{plain(to.title)}” of the sheet “{plain(parent.title)}”."
    if field.settings.get("anyId"):
        yield "The id of a record on any sheet."
    for name, sentence in LIMITS.items():
        if name in field.constraints:
            limit = field.constraints[name]
            yield "Not empty." if (name, limit) == ("minLength", 1) else sentence.format(limit)
    keys = {resource.primary_key, *resource.unique_keys}
    if field.constraints.get("unique") or (field.name,) in keys:
        yield "Different in every row."
    for key in sorted(key for key in keys if field.name in key and len(key) > 1):
        titles = " + ".join(plain(resource.field(name).title) for name in key)
        yield f"No two rows have the same {titles}."
    # A value taken from another sheet has that sheet's form.
    if "pattern" in field.constraints and not _refers(field, resource):
        like = "Written like the example: pattern" if field.example else "Follows the pattern"
        yield f"{like} {field.constraints['pattern']}"


def _leads_somewhere(key: ForeignKey, package: Package) -> bool:
    """Do the table and columns exist? `checks.keys` tells where they don't."""
    found = [each for each in package.resources if each.name == key.reference]
    return bool(found) and all(name in found[0].positions for name in key.reference_fields)


def _refers(field: Field, resource: Resource) -> bool:
    return any(field.name in key.fields for key in resource.foreign_keys)


def advice(field: Field, resource: Resource) -> str:
    """What is said to a person who is about to fill a cell; "" where anything goes."""
    numbers = {"integer": "A whole number.", "number": "A number, such as 12.5."}
    parts = [HOW.get(field.type) or numbers.get(field.type, "")]
    if "edtf" in field.settings:
        parts.append("A date as exactly as it is known: 2024-06-19, 2024-06 or 2024.")
    if field.settings.get("anyId"):
        parts.append("The id of a record on any sheet.")
    parts += [
        sentence.format(field.constraints[name])
        for name, sentence in LIMITS.items()
        if name in field.constraints
    ]
    if "pattern" in field.constraints and field.example and not _refers(field, resource):
        parts.append(f"Written like {plain(field.example)}.")
    if field.constraints.get("unique") or (field.name,) == resource.primary_key:
        parts.append("Different in every row.")
    return " ".join(filter(None, parts))


def note(
    field: Field,
    resource: Resource,
    package: Package,
    *,
    marked: bool = False,
    unmarked: Sequence[str] = (),
) -> str:
    """What the note on a column's header says.

    Args:
        marked: Do cells turn red that break a rule of this column?
        unmarked: What may be wrong there without turning red, in words.
    """
    must = "Must be filled." if filled(field, resource) else "May stay empty."
    parts = [
        plain(field.description),
        plain(" ".join([f"{kind(field)}.", must, *rules(field, resource, package)])),
        f"Example: {plain(field.example)}" if field.example else "",
        marking(marked, unmarked),
        f"Name in the data: {plain(field.name)}",
    ]
    return "\n\n".join(part for part in parts if part)


def marking(marked: bool, unmarked: Sequence[str]) -> str:
    """What the red marking of a column means, and what it does not tell."""
    what = " or ".join(unmarked)
    if not marked:
        return f"Not marked here, but checked later: {what}." if what else ""
    red = "A red cell with a frame breaks a rule of this column."
    return f"{red} Not marked, but checked later: {what}." if what else red
