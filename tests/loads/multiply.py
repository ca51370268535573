"""This package many times over, with every key and reference kept consistent.

Beside each row come its copies, whose ids end in `-2`, `-3` and so on, so that a copy refers
to copies. Tables without ids, such as the code lists, stay as they are.

    python -m tests.loads.multiply 10 FOLDER
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
# What holds for the package as it is, and not for copies of its rows.
NOT_OF_COPIES = ("rules", "verify", "views", "exports")


def multiply(times: int, folder: Path, exports: Sequence[str] = ("parquet",)) -> Path:
    """Write this package `times` over into a folder; what a build makes of it is `exports`.

    Returns:
        Path: The new descriptor.
    """
    package = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for resource in package["resources"]:
        _write(resource, times, folder)
    for name in NOT_OF_COPIES:
        package["sheetpack"].pop(name, None)
    package["sheetpack"]["exports"] = list(exports)
    package.pop("views", None)
    path = folder / "datapackage.json"
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    return path


def _write(resource: dict[str, Any], times: int, folder: Path) -> None:
    own = _own_columns(resource)
    with (
        (ROOT / resource["path"]).open(encoding="utf-8", newline="") as source,
        (folder / resource["path"]).open("w", encoding="utf-8", newline="") as target,
    ):
        header, *rows = csv.reader(source)
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(header)
        places = [header.index(name) for name in own]
        for number in range(1, times + 1 if own else 2):
            writer.writerows(_copies(rows, places, number))


def _copies(rows: list[list[str]], places: list[int], number: int) -> Iterator[list[str]]:
    for row in rows:
        copy = list(row)
        for at in places:
            if copy[at] and number > 1:
                copy[at] += f"-{number}"
        yield copy


def _own_columns(resource: dict[str, Any]) -> list[str]:
    """The columns that tell one copy from another: ids, references, and what is unique."""
    schema = resource["schema"]
    names = {name for key in schema.get("foreignKeys", ()) for name in key["fields"]}
    for field in schema["fields"]:
        unique = field.get("constraints", {}).get("unique")
        if unique or field.get("sheetpack", {}).get("anyId"):
            names.add(field["name"])
    return sorted(names)


if __name__ == "__main__":
    print(multiply(int(sys.argv[1]), Path(sys.argv[2])))
