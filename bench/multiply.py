"""A package many times over: the same rows again and again, with keys of their own.

Every copy refers to itself: ids, and all cells that hold them, end in the number of the copy.
So the larger package keeps every rule that the package keeps. Its code lists are not
multiplied, as a code list does not grow with the data. Charts are left out of it: they show
tables of a hundred rows at most.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MOST_ROWS = 1_048_575  # below the header of a sheet
WITHOUT_WORKBOOK = "without-workbook.json"  # the same package, built in all other formats

Place = tuple[str, str]  # a resource and one of its fields


def multiply(descriptor: Path, times: int, folder: Path) -> Path:
    """Write a package that holds the rows of another so many times.

    Args:
        descriptor: The datapackage.json of the package; its data are plain CSV files in UTF-8.
        folder: Where to write it; it need not exist.

    Returns:
        The descriptor of the new package.

    Raises:
        ValueError: A resource has neither a key nor an id that could be told apart.
    """
    package = json.loads(descriptor.read_text("utf-8"))
    if times > 1:
        package.pop("views", None)
    keys = id_fields(package)
    kept = unmultiplied(package)
    for resource in package["resources"]:
        name = resource["name"]
        path = folder / resource["path"]
        own = {field for owner, field in keys if owner == name}
        if name not in kept and not own:
            raise ValueError(f"the rows of {name} have no id to tell them apart")
        multiply_file(descriptor.parent / resource["path"], path, own, 1 if name in kept else times)
        for stated in ("bytes", "hash", "rows"):
            resource.pop(stated, None)
    _copy_settings_files(package, descriptor.parent, folder, times)
    new = folder / descriptor.name
    _write(package, new)
    exports = {"exports": ["csv", "sqlite", "parquet", "json"]}
    package["sheetpack"] = {**package.get("sheetpack", {}), **exports}
    _write(package, folder / WITHOUT_WORKBOOK)
    return new


def _write(package: dict[str, Any], descriptor: Path) -> None:
    descriptor.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", "utf-8")


def unmultiplied(package: dict[str, Any]) -> set[str]:
    """Resources that stay as they are: that of the code lists."""
    codes = package.get("sheetpack", {}).get("codes")
    return {codes["resource"]} if codes else set()


def id_fields(package: dict[str, Any]) -> set[Place]:
    """The fields whose cells are other ones in each copy: ids, and what refers to them."""
    kept = unmultiplied(package)
    found: set[Place] = set()
    for resource in package["resources"]:
        name, schema = resource["name"], resource["schema"]
        if name in kept:
            continue
        key = _listed(schema.get("primaryKey", []))
        found |= {(name, field) for field in key if len(key) == 1}
        for field in schema["fields"]:
            if field.get("constraints", {}).get("unique") or field.get("sheetpack", {}).get(
                "anyId"
            ):
                found.add((name, field["name"]))
        for link in schema.get("foreignKeys", []):
            parent = link["reference"]["resource"] or name
            if parent not in kept:
                found |= {(name, field) for field in _listed(link["fields"])}
                found |= {(parent, field) for field in _listed(link["reference"]["fields"])}
    return found


def multiply_file(source: Path, path: Path, ids: set[str], times: int) -> None:
    """Write the rows of a CSV file so many times, the cells of some columns told apart."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with source.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    at = [place for place, field in enumerate(header) if field in ids]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for copy in range(1, times + 1):
            writer.writerows(_copied(rows, at, copy))


def largest(package: dict[str, Any], folder: Path) -> tuple[str, int]:
    """The resource with the most rows, and how many: it is the first to fill a sheet."""
    counts = {}
    for resource in package["resources"]:
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            counts[resource["name"]] = sum(1 for _ in csv.reader(file)) - 1
    name = max(counts, key=counts.__getitem__)
    return name, counts[name]


def _copied(rows: list[list[str]], at: list[int], copy: int) -> Iterator[list[str]]:
    """The rows as the copy has them. The first one is the original."""
    for row in rows:
        cells = list(row)
        for place in at:
            if copy > 1 and cells[place]:
                cells[place] = f"{cells[place]}-{copy}"
        yield cells


def _copy_settings_files(package: dict[str, Any], here: Path, there: Path, times: int) -> None:
    """The rules and views as they are; the record of what was verified, as the data are."""
    settings = package.get("sheetpack", {})
    if settings.get("rules"):
        shutil.copytree(here / settings["rules"], there / settings["rules"], dirs_exist_ok=True)
    for view in settings.get("views", []):
        (there / view["path"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(here / view["path"], there / view["path"])
    verify = settings.get("verify", {})
    if verify.get("notCoded"):
        (there / verify["notCoded"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(here / verify["notCoded"], there / verify["notCoded"])
    if verify.get("record"):
        quotes = verify["quotes"]["resource"]
        schema = next(one["schema"] for one in package["resources"] if one["name"] == quotes)
        ids = {*_listed(schema["primaryKey"]), verify["quotes"]["source"]}
        multiply_file(here / verify["record"], there / verify["record"], ids, times)


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names
