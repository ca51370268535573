"""Packages of every kind that the standard allows, made on the spot: no other one is like them."""

from __future__ import annotations

import gzip
import io
import json
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import yaml

V2 = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}
TOWNS = "id,town,people\n1,Nürnberg,518370\n2,“Wien”,1973403\n"
FIELDS = [
    {"name": "id", "type": "integer"},
    {"name": "town", "type": "string"},
    {"name": "people", "type": "integer"},
]


@dataclass(frozen=True)
class Case:
    """A package: its descriptor, its files by name, and how the descriptor is written."""

    resources: list[dict[str, Any]]
    files: dict[str, bytes]
    more: dict[str, Any] = field(default_factory=dict)
    descriptor: str = "datapackage.json"

    def write(self, folder: Path) -> Path:
        """Write it; gives the path of its descriptor."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        said = {"name": "stranger", "resources": self.resources} | self.more
        as_yaml = not self.descriptor.endswith(".json")
        text = yaml.safe_dump(said, allow_unicode=True) if as_yaml else json.dumps(said)
        path = folder / self.descriptor
        path.write_bytes(text.encode())
        return path


def table(text: str = TOWNS, fields: Any = FIELDS, written: str = "utf-8", **more: Any) -> Case:
    """A package of one table in one file; `more` goes to the resource."""
    schema = {"fields": fields} | more.pop("schema", {})
    file = more.pop("file", "t.csv")
    one = {"name": "t", "path": file, "schema": schema} | more
    return Case([one], {file: text.encode(written)})


def typed(kind: str, *cells: str, blanks: Any = None, **more: Any) -> Case:
    """A package of one table with a key and one column of a type."""
    fields = [{"name": "k", "type": "integer"}, {"name": "a", "type": kind, **more}]
    lines = [f'{at},"{cell.replace(chr(34), chr(34) * 2)}"\n' for at, cell in enumerate(cells)]
    schema = {"primaryKey": ["k"]} | ({"missingValues": blanks} if blanks else {})
    return table("k,a\n" + "".join(lines), fields, schema=schema)


def in_v2(case: Case) -> Case:
    return replace(case, more=V2)


def zipped(name: str, content: str) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


def keyed(key: Any, text: str, foreign: Any = None) -> Case:
    fields = [{"name": name, "type": "string"} for name in ("a", "b", "c")]
    schema = {"primaryKey": key} | ({"foreignKeys": [foreign]} if foreign else {})
    return table(text, fields, schema=schema)


def wide(count: int) -> Case:
    fields = [{"name": f"column {at}", "type": "number"} for at in range(count)]
    lines = [",".join(each["name"] for each in fields)]
    lines += [",".join(str(row * at / 4) for at in range(count)) for row in range(3)]
    return table("\n".join(lines) + "\n", fields)


SELF = {"fields": "b", "reference": {"resource": "", "fields": "a"}}
SELF_V2 = {"fields": ["b"], "reference": {"fields": ["a"]}}
PAIR = {"fields": ["b", "c"], "reference": {"resource": "", "fields": ["a", "b"]}}

VALID: dict[str, Case] = {
    "plain": table(),
    "semicolons": table(TOWNS.replace(",", ";"), dialect={"delimiter": ";"}),
    "semicolons, csv dialect of v2": table(
        TOWNS.replace(",", ";"), dialect={"$schema": V2["$schema"], "delimiter": ";"}
    ),
    "semicolons that nobody mentions": table(TOWNS.replace(",", ";")),
    "pipes": table(TOWNS.replace(",", "|"), dialect={"delimiter": "|"}),
    "carets": table(TOWNS.replace(",", "^"), dialect={"delimiter": "^"}),
    "tabs by name": table(TOWNS.replace(",", "\t"), file="t.tsv"),
    "tabs by format": table(TOWNS.replace(",", "\t"), file="t.txt", format="tsv"),
    "tabs by dialect": table(TOWNS.replace(",", "\t"), dialect={"delimiter": "\t"}),
    "single quotation marks": table("id,town,people\n1,'a, b',2\n", dialect={"quoteChar": "'"}),
    "escape character": table(
        'id,town,people\n1,"a \\" b",2\n', dialect={"escapeChar": "\\", "doubleQuote": False}
    ),
    "no header": table("1,a,2\n", dialect={"header": False}),
    "two header rows": table(
        "id,town,people\na,b,c\n1,a,2\n",
        [{"name": "id a"}, {"name": "town b"}, {"name": "people c", "type": "integer"}],
        dialect={"headerRows": [1, 2]},
    ),
    "comment rows": table("# a\nid,town,people\n1,a,2\n# b\n", dialect={"commentChar": "#"}),
    "spaces after commas": table("id, town, people\n1, a, 2\n", dialect={"skipInitialSpace": True}),
    "header in another case": table(TOWNS.replace("town", "TOWN"), dialect={"headerCase": False}),
    "latin 1": table("id,town,people\n1,Nürnberg,5\n", written="latin-1", encoding="iso-8859-1"),
    "windows 1252": table(written="cp1252", encoding="windows-1252"),
    "utf-16": table(written="utf-16", encoding="utf-16"),
    "shift-jis": table("id,town,people\n1,京都,5\n", written="shift_jis", encoding="shift_jis"),
    "byte order mark": table("\ufeff" + TOWNS),
    "windows line ends": table(TOWNS.replace("\n", "\r\n")),
    "old mac line ends": table(TOWNS.replace("\n", "\r"), dialect={"lineTerminator": "\r"}),
    "no last line end": table(TOWNS.rstrip()),
    "line breaks in cells": table('id,town,people\n1,"a\nb",2\n2,"c\r\nd",3\n'),
    "no rows": table("id,town,people\n"),
    "blanks": table("id,town,people\n1,,\n2,a,\n"),
    "header alone quoted": table('"id","town","people"\n"1","a","2"\n'),
    "descriptor in yaml": Case(table().resources, table().files, {}, "datapackage.yaml"),
    "version 2": Case(table().resources, table().files, V2),
    "version 1 by profile": Case(
        [table().resources[0] | {"profile": "tabular-data-resource"}],
        table().files,
        {"profile": "tabular-data-package"},
    ),
    "every property": Case(
        table().resources,
        table().files,
        {
            "id": "https://example.org/id",
            "title": "Towns <b>&amp;</b> ünïcode",
            "description": "# Title\n\n- a list\n",
            "homepage": "https://example.org",
            "version": "1.0.0",
            "created": "2024-06-19T18:30:00+02:00",
            "licenses": [{"name": "CC0-1.0", "path": "https://example.org", "title": "CC0"}],
            "keywords": ["towns"],
            "contributors": [{"title": "Ada", "role": "author", "email": "a@example.org"}],
            "sources": [{"title": "A map", "path": "https://example.org/map"}],
            "image": "logo.png",
            "views": [{"name": "v"}],
            "ours": {"deep": [1, {"x": None}]},
        },
    ),
    "rows in the descriptor": Case(
        [
            {
                "name": "t",
                "data": [{"id": 1, "town": "a", "people": None}],
                "schema": {"fields": FIELDS},
            }
        ],
        {},
    ),
    "lists in the descriptor": Case(
        [{"name": "t", "data": [["id", "town"], [1, "a"]], "schema": {"fields": FIELDS[:2]}}], {}
    ),
    "two parts": Case(
        [{"name": "t", "path": ["a.csv", "b.csv"], "schema": {"fields": FIELDS}}],
        {"a.csv": TOWNS.encode(), "b.csv": b"id,town,people\n3,c,4\n"},
    ),
    "two parts, one without its header": Case(
        [{"name": "t", "path": ["a.csv", "b.csv"], "schema": {"fields": FIELDS}}],
        {"a.csv": TOWNS.encode(), "b.csv": b"3,c,4\n4,d,5\n"},
    ),
    "two parts without headers": Case(
        [
            {
                "name": "t",
                "path": ["a.csv", "b.csv"],
                "dialect": {"header": False},
                "schema": {"fields": FIELDS},
            }
        ],
        {"a.csv": b"1,a,2\n", "b.csv": b"3,c,4\n"},
    ),
    "zip": Case(
        [{"name": "t", "path": "t.csv.zip", "schema": {"fields": FIELDS}}],
        {"t.csv.zip": zipped("t.csv", TOWNS)},
    ),
    "gzip": Case(
        [{"name": "t", "path": "t.csv.gz", "schema": {"fields": FIELDS}}],
        {"t.csv.gz": gzip.compress(TOWNS.encode(), mtime=0)},
    ),
    "schema in a file": Case(
        [{"name": "t", "path": "t.csv", "schema": "schema.json"}],
        {"t.csv": TOWNS.encode(), "schema.json": json.dumps({"fields": FIELDS}).encode()},
    ),
    "no schema": Case([{"name": "t", "path": "t.csv"}], {"t.csv": TOWNS.encode()}),
    "names with spaces and signs": table(
        'my id,"a, b",ü/é?\n1,x,2\n',
        [
            {"name": "my id", "type": "integer"},
            {"name": "a, b", "type": "string"},
            {"name": "ü/é?", "type": "integer"},
        ],
    ),
    "names of formulas": table("=1+1,@x\n=2+2,-3\n", [{"name": "=1+1"}, {"name": "@x"}]),
    "many resources": Case(
        [
            {"name": f"t{at}", "path": f"t{at}.csv", "schema": {"fields": FIELDS}}
            for at in range(40)
        ],
        {f"t{at}.csv": TOWNS.encode() for at in range(40)},
    ),
    "a picture beside": Case(
        [*table().resources, {"name": "p", "path": "p.png", "mediatype": "image/png"}],
        table().files | {"p.png": b"\x89PNG"},
    ),
    "three hundred columns": wide(300),
    "thousands of rows": table(
        "id,town,people\n" + "".join(f"{at},town {at},{at * 7}\n" for at in range(5000)),
        schema={"primaryKey": "id"},
    ),
    "Namibia": typed("string", "NA", "NULL", "null", "None", "nan", "#N/A", "TRUE"),
    "words for no value": typed("number", "NA", "-", "-999", "1.5", blanks=["", "NA", "-", "-999"]),
    "labelled words for no value": in_v2(
        typed("number", "NA", "1.5", blanks=[{"value": "", "label": "blank"}, {"value": "NA"}])
    ),
    "words for no value, by column": typed("integer", "x", "1", missingValues=["", "x"]),
    "one column as key": keyed("a", "a,b,c\n1,2,3\n2,2,3\n"),
    "two columns as key": keyed(["a", "b"], "a,b,c\n1,1,3\n1,2,3\n"),
    "reference to itself": keyed("a", "a,b,c\n1,,3\n2,1,3\n", SELF),
    "reference to itself in v2": keyed("a", "a,b,c\n1,,3\n2,1,3\n", SELF_V2),
    "reference of two columns to itself": keyed(["a", "b"], "a,b,c\n1,1,\n1,2,\nx,1,1\n"),
    "categories": typed("string", "a", "b", categories=["a", "b"], categoriesOrdered=True),
    "labelled categories": typed(
        "integer", "1", "2", categories=[{"value": 1, "label": "one"}, {"value": 2, "label": "two"}]
    ),
    "enum": typed("string", "a", "", constraints={"enum": ["a", "b"]}),
    "enum of numbers": typed("integer", "1", constraints={"enum": [1, 2]}),
    "enum of texts for numbers": typed("integer", "1", constraints={"enum": ["1", "2"]}),
    "limits": typed(
        "number",
        "1.5",
        constraints={"minimum": 1, "maximum": "2", "required": True, "unique": True},
    ),
    "exclusive limits": in_v2(
        typed("number", "1.5", constraints={"exclusiveMinimum": 1, "exclusiveMaximum": 2})
    ),
    "lengths and patterns": typed(
        "string", "ab", constraints={"minLength": 1, "maxLength": 3, "pattern": "[a-z]+"}
    ),
    "any": typed("any", "1", "a", "2024-06-19"),
    "emails": typed("string", "a@example.org", format="email"),
    "uris": typed("string", "https://example.org/a?b=c", format="uri"),
    "uuids": typed("string", "95ecc380-afe9-11e4-9b6c-751b66dd541e", format="uuid"),
    "binary": typed("string", "aGVsbG8=", format="binary"),
    "integers with signs around": typed("integer", "95%", "€ 5", bareNumber=False),
    "huge integers": typed("integer", "12345678901234567890123", "-1"),
    "numbers of Germany": typed("number", "1.234,5", decimalChar=",", groupChar="."),
    "numbers without bounds": typed("number", "INF", "-INF", "NaN", "1e5"),
    "exact numbers": typed("number", "0.1", "18374.15", "123456789.123456789"),
    "yes and no": typed("boolean", "yes", "no", trueValues=["yes"], falseValues=["no"]),
    "booleans": typed("boolean", "true", "False", "1", "0"),
    "dates": typed("date", "1850-06-19", "2024-02-29", "0001-01-01"),
    "dates in another form": typed("date", "19.06.2024", format="%d.%m.%Y"),
    "dates in any form": typed("date", "19 June 2024", format="any"),
    "times": typed("time", "18:30:00", "00:00:00"),
    "times in another form": typed("time", "18h30", format="%Hh%M"),
    "moments": typed("datetime", "2024-06-19T18:30:00Z", "2024-06-19T18:30:00.5Z"),
    "moments in another form": typed("datetime", "19/06/2024 18:30", format="%d/%m/%Y %H:%M"),
    "years": typed("year", "2024", "0044"),
    "months": typed("yearmonth", "2024-06"),
    "durations": typed("duration", "P1Y2M3DT4H", "PT0S"),
    "places": typed("geopoint", "90.50, 45.5"),
    "places as lists": typed("geopoint", "[90.5, 45.5]", format="array"),
    "places as objects": typed("geopoint", '{"lon": 90.5, "lat": 45.5}', format="object"),
    "shapes": typed("geojson", '{"type": "Point", "coordinates": [1, 2]}'),
    "objects": typed("object", '{"a": [1, "ü"]}'),
    "arrays": typed("array", "[1, 2]", constraints={"minLength": 1}),
    "lists": typed("list", "a,b", ""),
    "lists of dates": typed("list", "2024-06-19;2024-06-20", itemType="date", delimiter=";"),
    "columns in any order": table("people,id,town\n5,1,a\n", schema={"fieldsMatch": "equal"}),
    "columns that are more": table(
        "id,town,people,extra\n1,a,2,x\n", schema={"fieldsMatch": "subset"}
    ),
    "unique keys": keyed("a", "a,b,c\n1,1,1\n2,1,2\n"),
    "size and fingerprint": table(
        bytes=len(TOWNS.encode()), hash=f"sha256:{sha256(TOWNS.encode()).hexdigest()}"
    ),
}

INVALID: dict[str, Case] = {
    "text in the descriptor": Case(
        [
            {
                "name": "t",
                "data": "id,town\n1,a\n",
                "format": "csv",
                "schema": {"fields": FIELDS[:2]},
            }
        ],
        {},
    ),
    "letters for a number": table(TOWNS.replace("518370", "many")),
    "a key that comes twice": keyed("a", "a,b,c\n1,2,3\n1,2,3\n"),
    "a key of two columns that comes twice": keyed(["a", "b"], "a,b,c\n1,2,3\n1,2,4\n"),
    "a blank key": keyed("a", "a,b,c\n,2,3\n"),
    "a reference to nothing": keyed("a", "a,b,c\n1,,3\n2,9,3\n", SELF),
    "a pair that refers to nothing": keyed(["a", "b"], "a,b,c\n1,1,\n1,9,9\n", PAIR),
    "a row too long": table(TOWNS + "3,c,4,5\n"),
    "a row too short": table(TOWNS + "3,c\n"),
    "a blank row": table(TOWNS + "\n3,c,4\n"),
    "a blank row of commas": table(TOWNS + ",,\n3,c,4\n"),
    "a header without names": table("1,x,2\n2,y,z\n"),
    "a header with a slip": table("id,twon,people\n2,y,z\n"),
    "columns swapped": table("town,id,people\na,1,2\n"),
    "a column missing": table("id,town\n1,a\n"),
    "a column too many": table("id,town,people,x\n1,a,2,3\n"),
    "a repeated column": table("id,town,town\n1,a,2\n"),
    "an empty file": table(""),
    "one blank line": table("\n"),
    "no file": Case(table().resources, {}),
    "not in the encoding": table(
        "id,town,people\n1,Nürnberg,5\n", written="latin-1", encoding="utf-8"
    ),
    "an encoding that does not exist": table(encoding="utf-99"),
    "an open quotation mark": table('id,town,people\n1,"a,2\n2,b,3\n'),
    "a nul": table("id,town,people\n1,a\0b,x\n"),
    "a limit broken": typed("number", "3", constraints={"maximum": 2}),
    "a code that is none": typed("string", "c", constraints={"enum": ["a", "b"]}),
    "a required cell that is blank": typed("string", "", constraints={"required": True}),
    "a value that comes twice": typed("string", "a", "a", constraints={"unique": True}),
    "a day that is none": typed("date", "2024-02-30", "2024-06-19"),
    "another fingerprint": table(hash="md5:00000000000000000000000000000000"),
    "another size": table(bytes=3),
    "a path out of the folder": table(path="../t.csv"),
    "a path from the root": table(path="/etc/hostname"),
    "a resource without path": Case([{"name": "t", "schema": {"fields": FIELDS}}], {}),
    "two resources of one name": Case(table().resources * 2, table().files),
    "two fields of one name": table("a,a\n1,2\n", [{"name": "a"}, {"name": "a"}]),
    "a field without name": table("a\n1\n", [{"type": "string"}]),
    "a type that is none": table("a\n1\n", [{"name": "a", "type": "colour"}]),
    "a constraint that is none": typed("string", "a", constraints={"colour": 1}),
    "a key of no column": keyed("z", "a,b,c\n1,2,3\n"),
    "a reference to no table": keyed(
        "a", "a,b,c\n1,2,3\n", {"fields": "b", "reference": {"resource": "z", "fields": "a"}}
    ),
    "a reference of other width": keyed(
        "a", "a,b,c\n1,2,3\n", {"fields": "b", "reference": {"resource": "", "fields": ["a", "c"]}}
    ),
    "fields that are no list": table("a\n1\n", {"name": "a"}),
    "fields that are texts": table("a\n1\n", ["a"]),
    "a schema that is a number": Case(
        [{"name": "t", "path": "t.csv", "schema": 5}], {"t.csv": b"a\n"}
    ),
    "a schema that is not there": Case(
        [{"name": "t", "path": "t.csv", "schema": "none.json"}], {"t.csv": b"a\n1\n"}
    ),
    "a schema on the net": Case(
        [{"name": "t", "path": "t.csv", "schema": "http://127.0.0.1:9/schema.json"}],
        {"t.csv": b"a\n1\n"},
    ),
    "a file on the net": Case(
        [{"name": "t", "path": "http://127.0.0.1:9/t.csv", "schema": {"fields": FIELDS}}], {}
    ),
    "a damaged zip": Case(
        [{"name": "t", "path": "t.csv.zip", "schema": {"fields": FIELDS}}],
        {"t.csv.zip": b"PK\x03\x04nothing"},
    ),
    "resources that are no list": Case({"a": 1}, {}),  # type: ignore[arg-type]
    "a resource that is a text": Case(["t.csv"], {}),  # type: ignore[list-item]
    "a name that is a number": Case([table().resources[0] | {"name": 5}], table().files),
    "a title that is a list": Case(table().resources, table().files, {"title": ["a"]}),
    "contributors that are texts": Case(table().resources, table().files, {"contributors": ["A"]}),
    "a licence without name": Case(
        table().resources, table().files, {"licenses": [{"title": "x"}]}
    ),
}
