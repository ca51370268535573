"""What all tests share: the fixture packages, and a short way to plant mistakes in them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import sheetpack.workbook  # noqa: F401 - before openpyxl, which it keeps from using lxml
from sheetpack.checks import check
from sheetpack.descriptor import load
from sheetpack.issue import Issue, Refusal
from sheetpack.reading import read_all
from tests.editing import built

PACKAGES = Path(__file__).parent / "packages"

os.environ.pop("FORCE_COLOR", None)


class Copy:
    """A copy of a fixture package, to be changed at will."""

    def __init__(self, folder: Path):
        self.folder = folder

    @property
    def descriptor(self) -> Path:
        return self.folder / "datapackage.json"

    def path(self, name: str) -> Path:
        return self.folder / name

    def write(self, name: str, content: str | bytes) -> None:
        data = content.encode() if isinstance(content, str) else content
        (self.folder / name).write_bytes(data)

    def replace(self, name: str, old: str, new: str) -> None:
        """Put `new` where `old` stands; it has to stand there exactly once."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def issues(self) -> list[Issue]:
        return issues_of(self.descriptor)


def issues_of(descriptor: Path) -> list[Issue]:
    """All issues of a package, also those for which it is refused."""
    try:
        package = load(descriptor)
    except Refusal as refusal:
        return refusal.issues
    return check(package, read_all(package))


@pytest.fixture
def copy_of(tmp_path):
    """A function that copies a fixture package into a folder of its own."""

    def copy(name: str) -> Copy:
        return Copy(shutil.copytree(PACKAGES / name, tmp_path / name))

    return copy


@pytest.fixture
def gallery(copy_of) -> Copy:
    """A copy of the package that has a little of everything and no fault."""
    return copy_of("gallery")


@pytest.fixture
def library(copy_of) -> Copy:
    """A copy of the package whose workbook people edit in the tests."""
    return copy_of("workbook-library")


@pytest.fixture
def book(library, tmp_path) -> Path:
    """The workbook of the library, as it is built."""
    return built(library.folder, tmp_path / "book.xlsx")
