"""From valid tables to the files people download."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from sheetpack import charts, csvs, files, transaction, views
from sheetpack.catalogue import issue
from sheetpack.exports import FORMATS, USUAL, descriptor
from sheetpack.exports.product import Content, Product
from sheetpack.issue import Issue, Level, Refusal
from sheetpack.package import Package
from sheetpack.received.as_built import is_as_built
from sheetpack.scratch import Scratch
from sheetpack.table import Table


def formats(package: Package, wanted: Sequence[str] = ()) -> tuple[str, ...]:
    """In which formats to build: those of the setting `exports`, and those asked for besides."""
    chosen = {*package.settings.get("exports", USUAL), *wanted}
    return tuple(name for name in FORMATS if name in chosen)


def products(
    package: Package, tables: Mapping[str, Table], wanted: Sequence[str] = ()
) -> tuple[list[Product], list[Issue]]:
    """Make all files, without a place as yet: see `Scratch`.

    Args:
        package: The contract.
        tables: Resource name → what was read from it, all of it valid.
        wanted: Names of formats to build besides those that the package always has.

    Returns:
        The files, their descriptor the last, and warnings about what is in them.

    Raises:
        Refusal: A view cannot be run, something cannot stand in one of the formats, or the
            library that writes it is not there.
    """
    readings = views.run(package, tables)
    for_csv = [reading for reading in readings if "csv" in reading.view.outputs]
    level: Level = "error" if package.strict else "warning"
    drawn, undrawn = charts.find(package, tables, readings, level)
    warnings = [*csvs.problems(for_csv, level), *undrawn]
    if any(warning.level == "error" for warning in warnings):
        raise Refusal(*warnings)
    content = Content(package, tables, readings, drawn)
    chosen = formats(package, wanted)
    made = [product for name in chosen for product in _module(name).products(content)]
    made.append(descriptor.product(package, chosen, made))
    taken = Counter(product.path.as_posix().casefold() for product in made)
    for product in made:
        file = product.path.as_posix()
        if taken[file.casefold()] > 1:
            raise Refusal(issue("export-same-file", file=file))
    return made, warnings


def write(made: Sequence[Product], output: Path) -> None:
    """Write all files, or none, even if the process is killed meanwhile.

    A workbook that somebody saved since is not replaced, nor a descriptor made by hand.

    Raises:
        Refusal: The folder or one of the files cannot be written, or may hold edits.
    """
    if output.exists() and not output.is_dir():
        raise Refusal(issue("dist-not-folder", file=output.as_posix()))
    transaction.recover(output)
    for product in made:
        path = output / product.path
        if product.sheets and path.is_file() and not is_as_built(path):
            raise Refusal(issue("dist-edited", file=path.as_posix()))
        if product.path == descriptor.PATH and path.exists() and not descriptor.is_ours(output):
            raise Refusal(issue("export-not-ours", file=path.as_posix()))
    contents = {output / product.path: product.made for product in made}
    for path in contents:
        with files.refusing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
    transaction.commit(output, contents)


def differences(made: Sequence[Product], output: Path) -> Iterator[Issue]:
    """What differs between the files of a build and those in a folder.

    Files that hold the same in other bytes, as another library wrote them, do not differ.
    """
    same: dict[Path, Path] = {}
    for product in made:
        path = output / product.path
        file = path.as_posix()
        ours = product.made
        if product.path == descriptor.PATH:
            ours = Scratch([descriptor.adjusted(product.content, same)])
        try:
            with path.open("rb") as present:
                parts = _parts(product, ours, present)
        except FileNotFoundError:
            yield issue("dist-missing", file=file)
        except files.UNREADABLE as error:
            yield issue("dist-damaged", file=file, reason=error)
        else:
            same |= {} if parts else {product.path: path}
            if parts:
                yield issue("dist-differs", file=file, parts=", ".join(parts))


def _parts(product: Product, ours: Scratch, present: BinaryIO) -> list[str]:
    """What differs between what a product will hold and the file that lies in its place."""
    if all(piece == present.read(len(piece)) for piece in ours.pieces()) and not present.read(1):
        return []
    present.seek(0)
    return product.differing(ours.file, present)


def stale(package: Package, made: Sequence[Product], output: Path, level: Level) -> Iterator[Issue]:
    """Files in the folder that this build does not give, perhaps left over from an earlier one.

    They are named, never deleted: they may be somebody's. Those of a format that was not
    built now are worth one note together, at most.
    """
    known = {product.path.as_posix() for product in made}
    for name in FORMATS:
        old = []
        for pattern in _module(name).patterns(package):
            built = any(fnmatch(path, pattern) for path in known)
            for path in sorted(output.glob(pattern)):
                if path.relative_to(output).as_posix() in known:
                    continue
                if built or name == "csv":
                    yield issue("dist-stale", file=path.as_posix(), level=level)
                else:
                    old.append(path.name)
        if old:
            facts = {"name": name, "like": old[0]}
            yield issue("export-old", file=output.as_posix(), level="warning", **facts)


def _module(name: str):
    """The module of a format, see `exports`."""
    return import_module(FORMATS[name])
