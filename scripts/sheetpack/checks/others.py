"""Files of the package that are no tables: there, and as large as the descriptor says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from sheetpack import catalogue, rawfile
from sheetpack.issue import Issue
from sheetpack.package import Package
from sheetpack.table import Table


def other_files(package: Package, tables: Mapping[str, Table]) -> Iterator[Issue]:
    """Compare each other file with its size and fingerprint, where the descriptor has them."""
    for source in package.others:
        obstacle = rawfile.obstacle(source, package.folder)
        if obstacle:
            yield obstacle
            continue
        place = {"file": source.path or "", "resource": source.name}
        for path in rawfile.local_files(source):
            size = path.stat().st_size
            if source.bytes and source.bytes != size:
                yield catalogue.issue("file-bytes", **place, wanted=source.bytes, found=size)
            algorithm, _, wanted = (source.hash or "").rpartition(":")
            if wanted and (algorithm or "md5") in ("md5", "sha256"):
                with path.open("rb") as file:
                    found = hashlib.file_digest(file, algorithm or "md5").hexdigest()
                if found != wanted:
                    yield catalogue.issue("file-hash", **place, wanted=wanted, found=found)
