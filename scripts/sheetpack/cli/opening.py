"""Opening a package for a command: what an interrupted one left behind is settled first."""

from __future__ import annotations

import os
from pathlib import Path

from sheetpack import descriptor, transaction
from sheetpack.package import Package


def open_package(path: Path) -> Package:
    """Load the package at `path`: a descriptor, or the folder that holds one.

    Raises:
        Refusal: As `transaction.recover` and `descriptor.load` do.
    """
    transaction.recover(path if path.is_dir() else path.parent)
    return descriptor.load(path)


def is_path(name: str) -> bool:
    """Does the name lead to a file or folder, or is it something else, such as a revision?"""
    return os.path.exists(name)  # noqa: PTH110 - a Path fails on a name that is too long
