"""What the fuzzer begins with: the fixture packages that are small, and their workbooks."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sheetpack.checks import check
from sheetpack.issue import Refusal
from tests.editing import built
from tests.samples import PACKAGES, opened

LARGEST = 20_000
Files = dict[str, bytes]


@cache
def packages() -> dict[str, Files]:
    """The files of each fixture package by their path in it, by the package's name."""
    found = {path.name: files_of(path) for path in sorted(PACKAGES.iterdir()) if path.is_dir()}
    return {
        name: files
        for name, files in found.items()
        if descriptor_of(files)
        and "broken" not in name  # what is wrong already hides what a change makes wrong
        and sum(map(len, files.values())) < LARGEST
    }


def files_of(folder: Path) -> Files:
    """Every file below a folder, by its path in it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def descriptor_of(files: Files) -> str:
    """The name of the descriptor among the files of a package; "" where there is none."""
    return next((name for name in files if name.startswith("datapackage.")), "")


def said(files: Files) -> Any:
    """What the descriptor of a package says."""
    return yaml.safe_load(files[descriptor_of(files)])  # JSON is YAML, too


@cache
def words() -> tuple[list[str], list[Any]]:
    """All property names and all values that stand in the descriptors."""
    names: dict[str, None] = {}
    values: dict[str, Any] = {}

    def walk(node: Any) -> None:
        values.setdefault(json.dumps(node), node)
        if isinstance(node, dict):
            names.update(dict.fromkeys(node))
        if isinstance(node, dict | list):
            for each in node.values() if isinstance(node, dict) else node:
                walk(each)

    for files in packages().values():
        walk(said(files))
    return list(names), list(values.values())


@cache
def workbooks(folder: Path) -> dict[str, bytes]:
    """The workbook of each package from which one can be built; written to a folder first."""
    books = {}
    for name, files in packages().items():
        path = PACKAGES / name / descriptor_of(files)
        with suppress(Refusal):
            if not any(issue.level == "error" for issue in check(*opened(path))):
                books[name] = built(path, folder / "b.xlsx").read_bytes()
    return books
