"""Whatever stands in a table stands in every format."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import tempfile
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetpack import build
from tests.samples import opened, resource, write_package

parquet = pytest.importorskip("pyarrow.parquet")

FIELDS = {
    "text": st.text(
        st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=12
    ),
    "whole": st.integers(1 - 2**63, 2**63 - 1).map(str),
    "number": st.decimals(-(10**9), 10**9, places=6).map(str),
    "day": st.dates().map(str),
    "yes": st.sampled_from(["true", "false"]),
}
TYPES = dict(zip(FIELDS, ("string", "integer", "number", "date", "boolean"), strict=True))
TABLES = st.lists(
    st.fixed_dictionaries({k: st.just("") | v for k, v in FIELDS.items()}), max_size=6
)


def built(rows, folder):
    """The content of a table in every format, as lists of what is in its cells."""
    file = io.StringIO()
    writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    table = resource("t", [{"name": name, "type": kind} for name, kind in TYPES.items()])
    chosen = {"exports": ["sqlite", "parquet", "json"]}
    package = opened(write_package(folder, [table], {"t.csv": file.getvalue()}, chosen))
    build.write(build.products(*package)[0], folder / "dist")
    with closing(sqlite3.connect(folder / "dist/sample.sqlite")) as connection:
        yield [list(row) for row in connection.execute("SELECT * FROM t")]
    found = parquet.read_table(folder / "dist/parquet/t.parquet").to_pylist()
    yield [list(row.values()) for row in found]
    text = (folder / "dist/sample.json").read_text(encoding="utf-8")
    found = json.loads(text, parse_float=Decimal)["resources"]["t"]
    yield [list(row.values()) for row in found]


def wanted(row, number, yes):
    """The cells of a row as values, numbers by a function of the text, and so true and false."""
    readers = {"text": str, "whole": int, "number": number, "day": str, "yes": yes}
    return [read(row[name]) if row[name] else None for name, read in readers.items()]


@settings(max_examples=40, deadline=None)
@given(TABLES)
def test_every_cell_comes_back(rows):
    # A row of nothing is one that a CSV cannot tell from a blank line.
    rows = [row for row in rows if any(row.values())]
    with tempfile.TemporaryDirectory() as folder:
        sqlite, arrow, document = built(rows, Path(folder))
    for row in arrow:
        row[3] = row[3] and row[3].isoformat()
    assert sqlite == [wanted(row, float, lambda text: int(text == "true")) for row in rows]
    assert arrow == [wanted(row, float, "true".__eq__) for row in rows]
    assert document == [wanted(row, Decimal, "true".__eq__) for row in rows]
