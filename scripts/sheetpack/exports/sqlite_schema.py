"""What the contract demands, in the words of SQLite: types, keys, checks.

A column that the file does not have (see `fieldsMatch` in Table Schema) is blank in every
row, so that nothing can be demanded of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sheetpack.database import LARGEST_INTEGER
from sheetpack.package import Field
from sheetpack.table import Table

TYPES = {"integer": "INTEGER", "year": "INTEGER", "boolean": "INTEGER", "number": "REAL"}
LIMITS = {
    "minimum": ">=",
    "maximum": "<=",
    "exclusiveMinimum": ">",
    "exclusiveMaximum": "<",
}
LENGTHS = {"minLength": ">=", "maxLength": "<="}
# Of other types two values are not in the order of what is stored.
ORDERED = {"integer", "year", "number", "date"}


def create(table: Table, tables: Mapping[str, Table]) -> str:
    """The statement that makes the table of a resource.

    Foreign keys are held against the data when all of it is there (at the end of the
    transaction), so that rows can refer to later ones and tables to each other.

    Args:
        table: What was read from the resource.
        tables: All of them, by the names of their resources.
    """
    resource = table.resource
    about = " ".join(f"{resource.title}. {resource.description}".split())
    lines = [_column(table, field) for field in resource.fields]
    lines += [(key, "") for key in _keys(table, tables)]
    # A comment reaches to the end of its line, so the comma stands before it.
    body = "\n".join(
        f"  {text}{',' if at < len(lines) else ''}{f' -- {note}' if note else ''}"
        for at, (text, note) in enumerate(lines, start=1)
    )
    return f"CREATE TABLE {quoted(resource.name)} ( -- {about}\n{body}\n)"


def indexes(table: Table) -> Iterator[str]:
    """The statements that let SQL find rows by what they refer to, however many there are."""
    resource = table.resource
    referring = [key.fields for key in resource.foreign_keys]
    referring += [(field.name,) for field in resource.fields if field.settings.get("anyId")]
    known = _unique(table)  # SQLite finds rows by these anyway
    for fields in dict.fromkeys(referring):
        if fields not in known and _present(table, fields):
            name = quoted(f"{resource.name} by {', '.join(fields)}")
            yield f"CREATE INDEX {name} ON {quoted(resource.name)} ({_names(fields)})"


def quoted(name: str) -> str:
    """A name of a table or column."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: Any) -> str:
    """A typed value as SQLite writes it; "" where it has no such value."""
    if isinstance(value, bool | int):
        return str(int(value)) if abs(value) <= LARGEST_INTEGER else ""
    if isinstance(value, Decimal | float):
        return repr(float(value)) if Decimal(value).is_finite() else ""
    if isinstance(value, date):
        value = value.isoformat()
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else ""


def _column(table: Table, field: Field) -> tuple[str, str]:
    """The definition of a column, and what it is for people."""
    words = [quoted(field.name), _type(table, field)]
    if field.name in table.columns:
        if field.required or table.resource.primary_key == (field.name,):
            words.append("NOT NULL")
        if field.constraints.get("unique") and table.resource.primary_key != (field.name,):
            words.append("UNIQUE")
        words += [f"CHECK ({condition})" for condition in _conditions(table, field)]
    title = field.title if field.title != field.name else ""
    parts = [part.rstrip(".") for part in (title, field.description) if part]
    return " ".join(words), " ".join(". ".join(parts).split())


def _type(table: Table, field: Field) -> str:
    kind = TYPES.get(field.type, "TEXT")
    if field.type == "integer" and any(
        value is not None and abs(value) > LARGEST_INTEGER for value in table.column(field.name)
    ):
        return "TEXT"  # SQLite would round a number that is too long for it
    return kind


def _conditions(table: Table, field: Field) -> Iterator[str]:
    name = quoted(field.name)
    source = table.resource.source.schema.get_field(field.name)
    typed = source.create_value_reader()
    if field.type == "boolean":
        yield f"{name} IN (0, 1)"
    elif "enum" in field.constraints:
        allowed = [literal(typed(value)) for value in field.constraints["enum"]]
        if allowed and all(allowed):
            yield f"{name} IN ({', '.join(allowed)})"
    if field.type in ORDERED and _type(table, field) == TYPES.get(field.type, "TEXT"):
        for limit, sign in LIMITS.items():
            if limit in field.constraints and (bound := literal(typed(field.constraints[limit]))):
                yield f"{name} {sign} {bound}"
    if field.type == "string":
        for limit, sign in LENGTHS.items():
            if limit in field.constraints:
                yield f"length({name}) {sign} {int(field.constraints[limit])}"


def _keys(table: Table, tables: Mapping[str, Table]) -> Iterator[str]:
    """The keys of a table."""
    for at, fields in enumerate(_unique(table)):
        kind = "PRIMARY KEY" if at == 0 and fields == table.resource.primary_key else "UNIQUE"
        # A column that is unique by itself says so in its own line.
        if kind == "PRIMARY KEY" or fields in table.resource.unique_keys:
            yield f"{kind} ({_names(fields)})"
    for key in table.resource.foreign_keys:
        target = f"{quoted(key.reference)} ({_names(key.reference_fields)})"
        reference = f"FOREIGN KEY ({_names(key.fields)}) REFERENCES {target}"
        # SQLite wants a reference to lead to a key; the standard does not.
        keys = [set(fields) for fields in _unique(tables[key.reference])]
        if _present(table, key.fields) and set(key.reference_fields) in keys:
            yield f"{reference} DEFERRABLE INITIALLY DEFERRED"


def _unique(table: Table) -> list[tuple[str, ...]]:
    """The columns that no two rows have in common, the primary key first."""
    resource = table.resource
    single = [(field.name,) for field in resource.fields if field.constraints.get("unique")]
    keys = dict.fromkeys([resource.primary_key, *resource.unique_keys, *single])
    return [fields for fields in keys if fields and _present(table, fields)]


def _present(table: Table, fields: tuple[str, ...]) -> bool:
    return all(name in table.columns for name in fields)


def _names(fields: tuple[str, ...]) -> str:
    return ", ".join(quoted(name) for name in fields)
