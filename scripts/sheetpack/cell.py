"""What is wrong with one cell, in the terms of the field's type and constraints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import frictionless

from sheetpack.catalogue import did_you_mean, shown
from sheetpack.issue import Issue
from sheetpack.table import Row, Table

SAMPLE_MOMENT = datetime(2024, 6, 19, 14, 30)
SAMPLES = {
    "string/email": "name@example.org",
    "string/uri": "https://example.org/page",
    "string/binary": "aGVsbG8=",
    "string/uuid": "95ecc380-afe9-11e4-9b6c-751b66dd541e",
    "date": "2024-06-19",
    "time": "14:30:00",
    "datetime": "2024-06-19T14:30:00Z",
    "geopoint": "129.07, 42.4",
    "geopoint/array": "[129.07, 42.4]",
    "geopoint/object": '{"lon": 129.07, "lat": 42.4}',
}


def issues(
    table: Table, row: Row, field: frictionless.Field, cell: Any, wrong: dict[str, str]
) -> Iterator[Issue]:
    """Name what Frictionless found in one cell.

    Args:
        wrong: Frictionless's notes: "type", or the names of the constraints not kept.
    """
    for name in wrong:
        if name == "type":
            code = f"type-{field.type}"
            yield table.issue(code, row, field.name, cell=cell, sample=sample(field))
        elif name == "enum":
            allowed = field.constraints["enum"]
            yield table.issue(
                "enum",
                row,
                field.name,
                cell=cell,
                allowed=allowed,
                guess=did_you_mean(cell, allowed),
            )
        else:
            limit, example = field.constraints[name], _such_as(field.example)
            yield table.issue(name, row, field.name, cell=cell, limit=limit, example=example)


def _such_as(example: Any) -> str:
    return f", such as “{shown(example)}”" if example else ""


def sample(field: frictionless.Field) -> str:
    """A value as a cell of this field may hold it, for a message."""
    if field.type == "boolean":
        return " or ".join([*field.true_values[:1], *field.false_values[:1]])
    if field.type == "number":
        return f"0{field.decimal_char}5"
    if field.type in ("date", "time", "datetime") and "%" in field.format:
        return SAMPLE_MOMENT.strftime(field.format)
    return SAMPLES.get(f"{field.type}/{field.format}", SAMPLES.get(field.type, ""))
