"""What a descriptor says of its package, in the forms that catalogues, archives and citation
managers read. All of it is generated: the descriptor is the only place where it is written."""

from __future__ import annotations

from pathlib import Path

from sheetpack.metadata import citation, croissant, jsonld, zenodo
from sheetpack.metadata.about import about
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
