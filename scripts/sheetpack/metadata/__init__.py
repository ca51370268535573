"""What a descriptor says of its package, in the forms that catalogues, archives and citation
managers read. All of it is generated: the descriptor is the only place where it is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sheetpack.metadata import citation, croissant, jsonld, zenodo
from sheetpack.metadata.about import about
from sheetpack.metadata.citation import MARK
from sheetpack.metadata.parts import parts
from sheetpack.package import Package

CITATION = "CITATION.cff"


def files(package: Package, folder: Path) -> dict[str, bytes]:
    """The metadata files of a package, by name.

    Args:
        package: The contract.
        folder: Where they will lie; the addresses of data files are relative to it.

    Raises:
        Refusal: A data file cannot be read.
    """
    known = about(package)
    data = parts(package, folder)
    return {
        CITATION: citation.content(known),
        ".zenodo.json": zenodo.content(known),
        "croissant.json": croissant.content(known, package, data),
        "dataset.jsonld": jsonld.content(known, data),
    }


def stale(made: Mapping[str, bytes], folder: Path) -> list[str]:
    """The names of those files that the folder lacks, or has with something else in them."""
    return [name for name, content in made.items() if _held(folder / name) != content]


def are_ours(folder: Path) -> bool:
    """Did `sheetpack metadata` write the files that lie in a folder?

    Files in JSON can carry no mark of their own; they are written together with the one that can.
    """
    return (_held(folder / CITATION) or b"").startswith(MARK.encode())


def _held(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
