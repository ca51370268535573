"""The views as CSVs, as files of a build."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sheetpack import csvs
from sheetpack.catalogue import issue
from sheetpack.exports.product import Content, Product, file_name, kinds
from sheetpack.issue import Refusal
from sheetpack.package import Package
from sheetpack.scratch import Scratch
from sheetpack.views import Reading

FOLDER = "csv"


def patterns(package: Package) -> list[str]:
    """Which files in a built folder are of this format."""
    return [f"{FOLDER}/*.csv"]


def products(content: Content) -> list[Product]:
    """One CSV for each view that wants one.

    Raises:
        Refusal: Two views would be written to the same file.
    """
    readings = [reading for reading in content.readings if "csv" in reading.view.outputs]
    paths = {
        reading.view.name: f"{FOLDER}/{file_name(reading.view.name)}.csv" for reading in readings
    }
    taken = Counter(path.casefold() for path in paths.values())
    for name, path in paths.items():
        if taken[path.casefold()] > 1:
            raise Refusal(issue("view-same-file", file=path, view=name))
    return [
        Product(
            Path(paths[reading.view.name]),
            Scratch(csvs.content(reading)),
            len(reading.rows),
            about=_about(reading),
        )
        for reading in readings
    ]


def _about(reading: Reading) -> dict:
    fields = [
        {"name": header, "type": kind}
        for header, kind in zip(reading.headers, kinds(reading), strict=True)
    ]
    return {
        "name": reading.view.name,
        "title": reading.view.title,
        "description": reading.view.description,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": {"fields": fields},
    }
