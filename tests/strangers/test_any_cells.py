"""Whatever stands in the cells of whatever columns, we agree with plain Frictionless."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import issues_of
from tests.strangers.cases import V2, table
from tests.strangers.test_cases import plain
from tests.test_agreement import TOLD_ONCE

CELLS = [
    "",
    " ",
    "NA",
    "-",
    "0",
    "1",
    "-1",
    "042",
    "1.5",
    "1,5",
    "1e3",
    "NaN",
    "INF",
    "12%",
    "a",
    "Ü",
    "true",
    "FALSE",
    "yes",
    "2024",
    "2024-06",
    "2024-06-19",
    "19.06.2024",
    "18:30:00",
    "2024-06-19T18:30:00Z",
    "P1Y",
    "90, 45",
    "[90, 45]",
    '{"a": 1}',
    "[1]",
    "a,b",
    "x y",
    "a@example.org",
    "https://example.org",
    "aGk=",
    "=1+1",
    "“a”",
    "a\nb",
    '"',
]
TYPES = [
    "string",
    "integer",
    "number",
    "boolean",
    "date",
    "time",
    "datetime",
    "year",
    "yearmonth",
    "duration",
    "geopoint",
    "geojson",
    "object",
    "array",
    "list",
    "any",
]
FORMATS = {
    "string": ["email", "uri", "binary", "uuid"],
    "date": ["any", "%d.%m.%Y"],
    "time": ["any", "%H:%M"],
    "datetime": ["any"],
    "geopoint": ["array", "object"],
}
CONSTRAINTS = st.fixed_dictionaries(
    {}, optional={"required": st.booleans(), "unique": st.booleans()}
)


@st.composite
def packages(draw):
    """A package of one table of any columns and any cells, wrong ones more often than not."""
    kinds = draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=4))
    fields = [
        {"name": f"f{at}", "type": kind, "constraints": draw(CONSTRAINTS)}
        | ({"format": draw(st.sampled_from(FORMATS[kind]))} if draw(_may(kind)) else {})
        for at, kind in enumerate(kinds)
    ]
    width = len(fields)
    row = st.lists(st.sampled_from(CELLS), min_size=max(1, width - 1), max_size=width + 1)
    even = st.lists(st.sampled_from(CELLS), min_size=width, max_size=width)
    rows = draw(st.lists(st.one_of(even, even, even, row), max_size=5))
    delimiter = draw(st.sampled_from(",;\t|"))
    ends = draw(st.sampled_from(["\n", "\r\n"]))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ends)
    writer.writerows([[field["name"] for field in fields], *rows])
    blanks = draw(st.sampled_from([[""], ["", "NA"], ["-"]]))
    schema = {"missingValues": blanks}
    if draw(st.booleans()):
        schema["primaryKey"] = ["f0"]
    case = table(text.getvalue(), fields, schema=schema, dialect={"delimiter": delimiter})
    return replace(case, more=draw(st.sampled_from([{}, V2])))


def _may(kind: str) -> st.SearchStrategy[bool]:
    return st.booleans() if kind in FORMATS else st.just(False)


@settings(deadline=None, max_examples=150)
@given(packages())
def test_the_same_packages_are_valid_and_at_least_the_same_rows_are_named(case):
    with tempfile.TemporaryDirectory() as folder:
        path = case.write(Path(folder))
        report = plain(path)
        errors = [issue for issue in issues_of(path) if issue.level == "error"]
    if report is None:  # it breaks down over keys of objects and lists
        return
    assert (errors == []) == report.valid, (errors, report.flatten(["rowNumber", "note"]))
    if not {issue.code for issue in errors} & TOLD_ONCE:
        ours = {issue.row for issue in errors}
        theirs = {getattr(error, "row_number", 0) for task in report.tasks for error in task.errors}
        assert theirs - {0} <= ours
