"""What commands do to packages: the works that are disturbed in these tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sheetpack import build, transaction
from tests.conftest import PACKAGES
from tests.editing import built, edit, set_cell
from tests.faults.stopping import Work
from tests.releasing.shop import released
from tests.samples import opened

NAME = "workbook-library"


def all_files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, but not what an interrupted command put there to go on from."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".sheetpack")
    }


def library(parent: Path) -> Path:
    """A package with several tables."""
    return Path(shutil.copytree(PACKAGES / NAME, parent / NAME))


def edited(parent: Path) -> Path:
    """The same, with a workbook beside it in which two tables were edited."""
    folder = library(parent)

    def change(book):
        set_cell(book["Books"], "middlemarch", "Genre", "other")
        set_cell(book["People"], "ada", "Full name", "Ida Reader")

    edit(built(folder, parent / "book.xlsx"), change)
    return folder


def untidy(parent: Path) -> Path:
    """The same, with files that are not in their agreed form."""
    folder = library(parent)
    for path in (folder / "data").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return folder


def settle_build(folder: Path) -> None:
    """Where the package is read again, and what was built is looked at."""
    transaction.recover(folder)
    transaction.recover(folder / "dist")


BUILD = Work(
    library,
    lambda folder: ["build", "--package", str(folder), "--export", "all"],
    lambda folder: all_files(folder / "dist"),
    settle_build,
)
REBUILD = Work(
    lambda parent: _stale(parent),
    lambda folder: ["build", "--package", str(folder)],
    lambda folder: all_files(folder / "dist"),
    settle_build,
)
MERGE = Work(
    edited,
    lambda folder: ["merge", str(folder.parent / "book.xlsx"), "--package", str(folder)],
    lambda folder: all_files(folder / "data"),
)
FORMAT = Work(
    untidy,
    lambda folder: ["format", "--package", str(folder)],
    lambda folder: all_files(folder / "data"),
)
RELEASE = Work(
    lambda parent: _to_release(parent),
    lambda folder: ["release", "--package", str(folder)],
    lambda folder: _outside_of(all_files(folder), ".git/", "release/"),
)
WORKS = {
    "build": BUILD,
    "build again": REBUILD,
    "merge": MERGE,
    "format": FORMAT,
    "release": RELEASE,
}


def _to_release(parent: Path) -> Path:
    """A package kept by git, in which a row is new since its last release."""
    parent.mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        shop = released(parent / "shop", patch)
        shop.replace("people.csv", "bob,Bob,\n", "bob,Bob,\neve,Eve,\n")
        for command in (["build"], ["metadata", str(shop.folder)]):
            assert shop.run(*command[1:], command=command[0]).exit_code == 0
        shop.commit()
    return shop.folder


def _outside_of(files: dict[str, bytes], *folders: str) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if not name.startswith(folders)}


def _stale(parent: Path) -> Path:
    """A package whose built files are those of older data."""
    folder = library(parent)
    build.write(build.products(*opened(folder))[0], folder / "dist")
    people = folder / "data" / "people.csv"
    people.write_bytes(people.read_bytes().replace(b"Ada", b"Ida", 1))
    return folder
