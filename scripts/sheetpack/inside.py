"""Paths that a package names: do they stay in its folder, as the Data Package standard demands?

A package may come from a stranger. What its descriptor names is read, and what its data says
is written again, so that a path which leads elsewhere (`../../x`, `/etc/passwd`, a link that
points out of the folder) would show or replace files that have nothing to do with the package.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath
from typing import Any

from sheetpack import catalogue
from sheetpack.issue import Issue

FETCHED = ("http", "https")
# Two letters at least: one is the letter of a drive.
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
OF_RESOURCE = ("path", "extrapaths", "schema", "dialect", "profile", "$schema")
OF_PACKAGE = ("profile", "$schema")


def faults(descriptor: dict[str, Any], folder: Path, file: str) -> Iterator[Issue]:
    """Paths in a descriptor that lead out of its folder; nothing is opened to find them.

    Args:
        descriptor: As it was written, of whatever shape.
        folder: Where it lies.
        file: What it is called, for messages.
    """
    for name in OF_PACKAGE:
        for path in _texts(descriptor.get(name)):
            yield from _fault(path, folder, file, "")
    resources = descriptor.get("resources")
    for resource in resources if isinstance(resources, list) else []:
        if not isinstance(resource, dict):
            continue
        for name in OF_RESOURCE:
            for path in _texts(resource.get(name)):
                yield from _fault(path, folder, file, str(resource.get("name") or ""))


def is_inside(path: Path, folder: Path) -> bool:
    """Does a file lie in a folder, after all links in its path were followed?

    It need not exist.
    """
    try:
        # Unlike resolve(), it can do with links that go round in a circle.
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
    except ValueError:  # a character that no name has
        return False


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str)]


def _fault(path: str, folder: Path, file: str, resource: str) -> Iterator[Issue]:
    scheme = SCHEME.match(path)
    place = {"file": file, "resource": resource, "path": path}
    if scheme and scheme[1].lower() not in (*FETCHED, "file"):
        yield catalogue.issue("path-scheme", **place)
    elif _is_outside(path, folder, is_address=bool(scheme)):
        yield catalogue.issue("path-outside", **place)
    elif not scheme and not is_inside(folder / path, folder):
        yield catalogue.issue("path-link", **place)


def _is_outside(path: str, folder: Path, *, is_address: bool) -> bool:
    """Does a path lead out of the folder as it is written, on any system?"""
    if "\0" in path or ".." in re.split(r"[/\\]", path):
        return True
    if is_address:
        return path.lower().startswith("file")
    windows = PureWindowsPath(path)
    return bool(windows.drive or windows.root) or path.startswith("~")
