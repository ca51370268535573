"""Makes one input of a kind: a package with a descriptor, a CSV or a workbook that is changed."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from random import Random

from tests.fuzz import changing, seeds
from tests.fuzz.seeds import Files
from tests.fuzz.trying import WORKBOOK

KINDS = ("descriptors", "tables", "workbooks")
TEXTS = (".csv", ".tsv", ".sql")


@cache
def workbooks() -> dict[str, bytes]:
    """The workbooks of the fixture packages, built once."""
    with tempfile.TemporaryDirectory() as folder:
        return seeds.workbooks(Path(folder))


def made(kind: str, random: Random) -> Files:
    """The files of an input of that kind, all that is changed chosen by `random`."""
    if kind == "workbooks":
        name = random.choice(list(workbooks()))
        book = changing.workbook(random, workbooks()[name])
        return seeds.packages()[name] | {WORKBOOK: book}
    files = dict(seeds.packages()[random.choice(list(seeds.packages()))])
    name = seeds.descriptor_of(files)
    if kind == "descriptors":
        data = changing.descriptor(random, seeds.said(files))
        del files[name]
        is_json = data.lstrip()[:1] in (b"{", b"[")
        return files | {"datapackage.json" if is_json else "datapackage.yaml": data}
    tables = [each for each in files if each.endswith(TEXTS)]
    if not tables:
        files |= {name: json.dumps(_plain()).encode(), "t.csv": b"id,name\n1,a\n2,b\n"}
        tables = ["t.csv"]
    changed = random.choice(tables)
    return files | {changed: changing.table(random, files[changed])}


def _plain() -> dict:
    """A package of one table that is valid, where a fixture package has no CSV."""
    fields = [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}]
    schema = {"fields": fields, "primaryKey": ["id"]}
    return {"name": "plain", "resources": [{"name": "t", "path": "t.csv", "schema": schema}]}
