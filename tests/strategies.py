"""Data packages of every kind, made up by hypothesis: any type, any text, any dialect."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from hypothesis import strategies as st

# What XML allows, and a spreadsheet with it.
ALLOWED = st.characters(
    exclude_categories=["Cs"],
    exclude_characters=[*map(chr, range(32)), "\x7f", "\ufffe", "\uffff"],
)
NASTY = st.sampled_from(
    [
        *("=1+1", "@a", "#N/A", "TRUE", "042", "1.10", "2024-05", "1/2", "1E5", "NA", "null"),
        *("_x0041_", "_xa", "“a”", " a ", "\u00a0", "a\nb", "a\r\nb", "\r", "a\tb"),
        *('"', ",", ";", "'", "-", "é", "e\u0301", "🚗"),
    ]
)
TEXT = st.text(ALLOWED, max_size=12) | NASTY | st.builds("".join, st.lists(NASTY, max_size=3))
WORD = st.text("abcdefghij-", min_size=1, max_size=6)


class Kind(NamedTuple):
    """A sort of field: what its descriptor says, and the cells it may hold."""

    type: str
    cells: st.SearchStrategy[str]
    more: Mapping[str, Any] = MappingProxyType({})


def _dates(shape: str) -> st.SearchStrategy[str]:
    # Python writes years before 1000 without their zeros.
    return st.dates(date(1000, 1, 1)).map(lambda day: day.strftime(shape))


_numbers = st.decimals(allow_nan=False, allow_infinity=False).map(str) | st.sampled_from(
    ["1.10", "0.1", "1e5", "-0", "007", "NaN", "INF", "3.14159265358979323846", "100"]
)
_moments = st.datetimes(datetime(1000, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
_json = st.recursive(
    st.integers() | st.text(ALLOWED, max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORD, inner, max_size=2),
    max_leaves=4,
)
_points = st.tuples(st.integers(-180, 180), st.integers(-90, 90))

KINDS = [
    Kind("string", TEXT),
    Kind("string", WORD, {"constraints": {"maxLength": 6}}),
    Kind("any", TEXT),
    Kind("integer", st.integers().map(str) | st.sampled_from(["007", "-0", "+5"])),
    Kind("integer", st.integers(0, 99).map(lambda n: f"{n} %"), {"bareNumber": False}),
    Kind("number", _numbers),
    Kind(
        "number",
        st.integers(0, 10**9).map(lambda n: f"{n // 1000:,}".replace(",", ".") + f",{n % 1000:03}"),
        {"decimalChar": ",", "groupChar": "."},
    ),
    Kind("boolean", st.sampled_from(["true", "false", "True", "0", "1"])),
    Kind(
        "boolean", st.sampled_from(["ja", "nein"]), {"trueValues": ["ja"], "falseValues": ["nein"]}
    ),
    Kind("date", _dates("%Y-%m-%d")),
    Kind("date", _dates("%d/%m/%Y"), {"format": "%d/%m/%Y"}),
    Kind("datetime", _moments.map(lambda moment: f"{moment.isoformat()}Z")),
    Kind("datetime", _moments.map(lambda moment: moment.isoformat())),
    Kind("time", st.times().map(lambda one: one.replace(microsecond=0).isoformat())),
    Kind("time", st.times(time(0)).map(lambda one: one.strftime("%H.%M")), {"format": "%H.%M"}),
    Kind("year", st.integers(1, 9999).map(lambda year: f"{year:04}")),
    Kind("yearmonth", _dates("%Y-%m")),
    Kind("duration", st.sampled_from(["P1Y", "PT5M", "P1DT12H"])),
    Kind("geopoint", _points.map(lambda point: f"{point[0]}, {point[1]}")),
    Kind("geojson", st.just('{"type": "Point", "coordinates": [1, 2]}')),
    Kind("array", st.lists(_json, max_size=3).map(json.dumps)),
    Kind("object", st.dictionaries(WORD, _json, max_size=3).map(json.dumps)),
]


class Made(NamedTuple):
    """A package in a folder."""

    descriptor: dict[str, Any]
    files: dict[str, bytes]

    def write(self, folder: Path) -> Path:
        for name, data in self.files.items():
            (folder / name).write_bytes(data)
        path = folder / "datapackage.json"
        path.write_text(json.dumps(self.descriptor), "utf-8")
        return path


@st.composite
def packages(draw: Callable[..., Any]) -> Made:
    """One or two tables, with or without a key, and references to the first one's."""
    resources, files = [], {}
    parents: list[str] = []
    for name in ("first", "second")[: draw(st.integers(1, 2))]:
        kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=5))
        fields = [
            {"name": f"f{at}", "type": kind.type} | dict(kind.more) for at, kind in enumerate(kinds)
        ]
        schema: dict[str, Any] = {"fields": fields, "missingValues": draw(st.sampled_from(MISSING))}
        count = draw(st.integers(0, 5))
        rows = [[draw(kind.cells) for kind in kinds] for _ in range(count)]
        if draw(st.booleans()):
            keys = draw(st.lists(WORD, min_size=count, max_size=count, unique=True))
            fields.insert(0, {"name": "id", "type": "string"})
            schema["primaryKey"] = ["id"]
            rows = [[key, *cells] for key, cells in zip(keys, rows, strict=True)]
            if parents:
                fields.append({"name": "parent", "type": "string"})
                reference = {"resource": "first", "fields": ["id"]}
                schema["foreignKeys"] = [{"fields": ["parent"], "reference": reference}]
                rows = [[*cells, draw(st.sampled_from(parents))] for cells in rows]
            parents = parents or keys
        dialect = draw(st.sampled_from(DIALECTS))
        data = _csv([[field["name"] for field in fields], *rows], **dialect)
        encoding = draw(st.sampled_from(["utf-8", "utf-16"])) if dialect == DIALECTS[0] else "utf-8"
        files[f"{name}.csv"] = data.encode(encoding)
        resources.append(
            {
                "name": name,
                "path": f"{name}.csv",
                "encoding": encoding,
                "dialect": {"delimiter": dialect["delimiter"]},
                "schema": schema,
            }
        )
    return Made({"name": "made-up", "resources": resources}, files)


MISSING = [[""], ["", "NA"], ["", "-", "null"]]
DIALECTS = [
    {"delimiter": ",", "lineterminator": "\n", "quoting": csv.QUOTE_MINIMAL},
    {"delimiter": ";", "lineterminator": "\r\n", "quoting": csv.QUOTE_MINIMAL},
    {"delimiter": "\t", "lineterminator": "\n", "quoting": csv.QUOTE_ALL},
]


def _csv(rows: list[list[str]], **dialect: Any) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, **dialect).writerows(rows)
    return file.getvalue()


# What somebody's hand, or another program, puts into a file where it does not belong.
SCRAPS = [b",", b";", b"\t", b'"', b"\n", b"\r\n", b"\n\n", b"#", b"x", b"\xff", b"\xef\xbb\xbf"]


@st.composite
def broken_packages(draw: Callable[..., Any]) -> Made:
    """As `packages`, with scraps in the files, in most of them."""
    made = draw(packages())
    chance = draw(st.randoms(use_true_random=False))
    count = draw(st.integers(0, 6))
    files = {name: _broken(data, count, chance) for name, data in made.files.items()}
    return made._replace(files=files)


def _broken(data: bytes, count: int, chance: random.Random) -> bytes:
    """The bytes with so many scraps among them, most of them in the header."""
    for _ in range(count):
        end = data.find(b"\n") + 1 if chance.random() < 0.6 else len(data)
        at = chance.randint(0, end)
        data = data[:at] + chance.choice(SCRAPS) + data[at + chance.randint(0, 2) :]
    return data
