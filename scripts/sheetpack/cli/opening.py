"""Opening a package for a command: what an interrupted one left behind is settled first."""

from __future__ import annotations

from pathlib import Path

from sheetpack.descriptor import load
from sheetpack.package import Package


def open_package(path: Path) -> Package:
    """Load the package at `path`: a descriptor, or the folder that holds one."""
    return load(path)
