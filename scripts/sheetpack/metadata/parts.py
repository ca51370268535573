"""The data files of a package, as a catalogue lists them: where, how long, which fingerprint."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import frictionless

from sheetpack import catalogue, rawfile
from sheetpack.issue import Refusal
from sheetpack.package import Package

CHUNK = 1 << 20
MEDIA_TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}


@dataclass(frozen=True)
class Part:
    """One data file.

    Attributes:
        resource: Name of the resource that it belongs to.
        title: What people call that resource.
        address: Where it lies: relative to the folder of the metadata, or on the net.
        size: Its bytes; 0 for a file on the net, which is not fetched.
        sha256: Its fingerprint; of a file on the net what the descriptor says, or "".
    """

    resource: str
    title: str
    description: str
    address: str
    media_type: str
    size: int = 0
    sha256: str = ""


def parts(package: Package, folder: Path) -> list[Part]:
    """All data files in the order of the resources; data inside the descriptor has none.

    Raises:
        Refusal: A file cannot be read.
    """
    sources = [*(resource.source for resource in package.resources), *package.others]
    return [part for source in sources for part in _parts(source, package, folder)]


def _parts(source: frictionless.Resource, package: Package, folder: Path) -> list[Part]:
    kind = "" if source.compression else source.format or ""
    media_type = MEDIA_TYPES.get(kind, "application/octet-stream")
    said = (source.name, source.title or source.name, source.description or "")
    if source.memory:
        return []
    if rawfile.is_remote(source):
        algorithm, _, stated = (source.hash or "").rpartition(":")
        sha256 = stated if algorithm == "sha256" and len(source.paths) == 1 else ""
        return [Part(*said, path, media_type, sha256=sha256) for path in source.paths]
    found = []
    for path in rawfile.local_files(source):
        try:
            size, sha256 = _measure(path)
        except OSError as error:
            file = os.path.relpath(path, package.folder)
            raise Refusal(
                catalogue.issue("metadata-file", file=file, reason=error.strerror or error)
            ) from error
        address = quote(Path(os.path.relpath(path, folder.absolute())).as_posix())
        found.append(Part(*said, address, media_type, size, sha256))
    return found


def _measure(path: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()
