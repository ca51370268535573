"""The descriptor of a built folder: a Data Package of what people download.

It tells of each file what it is, how many bytes it has and their fingerprint, and of each
CSV the columns and their types. It is a descriptor of version 1 of the standard, as version
2 has no word for a file that is no table.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from sheetpack.exports import FORMATS, USUAL
from sheetpack.exports.product import OF_PACKAGE, Product
from sheetpack.package import Package
from sheetpack.scratch import Scratch

PATH = Path("datapackage.json")
GENERATOR = {"generator": "sheetpack build"}
NOT_IN_NAME = re.compile(r"[^a-z0-9._-]+")


def product(package: Package, formats: Sequence[str], made: Sequence[Product]) -> Product:
    """The descriptor of a folder that holds these files.

    Args:
        formats: Names of the formats in which they were built.
        made: All other files of the build.
    """
    metadata = {name: value for name, value in package.metadata.items() if name not in OF_PACKAGE}
    settings = {} if tuple(formats) == USUAL else {"sheetpack": {"exports": list(formats)}}
    names: set[str] = set()
    resources = [_resource(each, names) for each in made]
    data = {"profile": "data-package", **GENERATOR, **metadata, **settings, "resources": resources}
    return Product(PATH, Scratch([_text(data)]), differing=_different)


def formats_in(folder: Path) -> list[str]:
    """In which formats a folder was built, as its descriptor says; [] where none says so."""
    named = _read(folder).get("sheetpack")
    named = named.get("exports") if isinstance(named, dict) else None
    return [name for name in FORMATS if name in named] if isinstance(named, list) else []


def is_ours(folder: Path) -> bool:
    """Was the descriptor in the folder made by a build? Any other may be a contract."""
    return GENERATOR.items() <= _read(folder).items()


def _read(folder: Path) -> dict[str, Any]:
    """What the descriptor in the folder says; {} where there is none that can be read."""
    try:
        data = json.loads((folder / PATH).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def adjusted(content: bytes, found: Mapping[Path, Path]) -> bytes:
    """The same descriptor, for a folder in which these files lie.

    A file can hold the same and yet have other bytes, as libraries differ in how they
    compress: then the bytes that lie there count.

    Args:
        content: Of a product made here.
        found: Path, relative to the folder → the file that lies there.
    """
    data = json.loads(content)
    for resource in data["resources"]:
        present = found.get(Path(resource["path"]))
        if present is not None:
            with present.open("rb") as file:
                resource.update(_size(file))
    return _text(data)


def _resource(made: Product, taken: set[str]) -> dict[str, Any]:
    about = {name: value for name, value in made.about.items() if value}
    name = NOT_IN_NAME.sub("-", str(about.pop("name")).lower())
    while name in taken:
        name += "-2"
    taken.add(name)
    kind = about.pop("type", "file")
    place = {"name": name, "path": made.path.as_posix(), "type": kind}
    schema = {key: about.pop(key) for key in ("schema",) if key in about}
    return place | about | _size(made.made.file) | schema


def _size(file: BinaryIO) -> dict[str, Any]:
    """How many bytes an open file has, and their fingerprint."""
    fingerprint = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": file.tell(), "hash": f"sha256:{fingerprint}"}


def _text(data: Mapping[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n").encode()


def _different(ours: BinaryIO, theirs: BinaryIO) -> list[str]:
    return ["what it says of the files beside it"]
