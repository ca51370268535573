"""What the engine is measured beside: floors, below which nobody gets, and other programs.

Each is a whole process: `python -m bench.programs NAME ARGUMENT…`.
"""

from __future__ import annotations

import atexit
import csv
import gc
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.parsers.expat import ParserCreate
from zipfile import ZipFile

Cells = Iterator[list[Any]]


def imports(modules: str) -> None:
    """Start Python and import the same modules as a command, which a JSON file lists.

    It ends as our commands do: without a last look through all modules for rubbish.
    """
    atexit.register(gc.freeze)
    for name in json.loads(Path(modules).read_text("utf-8")):
        try:
            import_module(name)
        except ImportError:  # parts of a library that it makes as it goes
            continue


def read_csv(modules: str, *folders: str) -> None:
    """The same imports, then read every row of the data: what no check can do without."""
    imports(modules)
    for folder in folders:
        for _, rows in tables(Path(folder)):
            for _ in rows:
                pass


def write_only(folder: str, output: str) -> None:
    """Write the cells of data and views by openpyxl's fastest way, and nothing else."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, rows in [*tables(Path(folder)), *views(Path(folder))]:
        sheet = book.create_sheet(name[:31])
        for cells in rows:
            sheet.append(cells)
    book.save(output)


def write_imports(modules: str, folder: str, output: str) -> None:
    """The same imports, then the bare writing of the cells."""
    imports(modules)
    write_only(folder, output)


def workbook(folder: str, output: str) -> None:
    """The engine's workbook alone: read, run the views, lay out, write."""
    from sheetpack import charts, descriptor, reading, views
    from sheetpack.cli import NEW_BEFORE_A_LOOK
    from sheetpack.workbook.layout import layout
    from sheetpack.workbook.writer import write

    gc.set_threshold(NEW_BEFORE_A_LOOK)
    package = descriptor.load(Path(folder))
    found = reading.read_all(package)
    readings = views.run(package, found)
    drawn, _ = charts.find(package, found, readings, "warning")
    shown = [one for one in readings if "sheet" in one.view.outputs]
    with Path(output).open("wb") as file:
        write(layout(package, found, shown, drawn), file)


def calamine(workbook: str) -> None:
    """Read all cells of a workbook by the fastest reader there is, which is no Python."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(workbook)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def openpyxl_read(workbook: str) -> None:
    """Read all cells of a workbook as openpyxl does it fastest."""
    from openpyxl import load_workbook

    for sheet in load_workbook(workbook, read_only=True):
        for _ in sheet.iter_rows(values_only=True):
            pass


def expat(workbook: str) -> None:
    """Parse the sheets by Python's own parser, with handlers that do nothing.

    No reader in pure Python that looks at every cell can be faster.
    """
    with ZipFile(workbook) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                parser = ParserCreate()
                parser.buffer_text = True
                parser.StartElementHandler = lambda name, attributes: None
                parser.EndElementHandler = lambda name: None
                parser.CharacterDataHandler = lambda text: None
                with archive.open(name) as part:
                    parser.ParseFile(part)


def frictionless_validate(descriptor: str) -> None:
    """Validate with Frictionless alone, as its own command does."""
    from frictionless import validate

    if not validate(descriptor).valid:
        sys.exit(1)


def frictionless_xlsx(folder: str, output: str) -> None:
    """Each table to a workbook of its own, as Frictionless writes them."""
    from frictionless import Package

    package = Package(f"{folder}/datapackage.json")
    for resource in package.resources:
        resource.write(f"{output}-{resource.name}.xlsx")


def pandas_xlsx(engine: str, folder: str, output: str) -> None:
    """All tables to one workbook by pandas, every cell a text."""
    import pandas

    with pandas.ExcelWriter(output, engine=engine) as writer:
        for name, path in files(Path(folder)):
            table = pandas.read_csv(path, dtype=str, keep_default_na=False)
            table.to_excel(writer, sheet_name=name[:31], index=False)


def polars_xlsx(folder: str, output: str) -> None:
    """All tables to one workbook by polars, every cell a text."""
    import polars
    from xlsxwriter import Workbook

    with Workbook(output) as book:
        for name, path in files(Path(folder)):
            table = polars.read_csv(path, infer_schema=False)
            table.write_excel(book, worksheet=name[:31])


def pandas_exports(folder: str, output: str) -> None:
    """All tables by pandas to every format but a workbook, every cell a text."""
    import sqlite3

    import pandas

    with closing(sqlite3.connect(f"{output}.sqlite")) as database:
        for name, path in files(Path(folder)):
            table = pandas.read_csv(path, dtype=str, keep_default_na=False)
            table.to_sql(name, database, if_exists="replace", index=False)
            table.to_csv(f"{output}-{name}.csv", index=False)
            table.to_parquet(f"{output}-{name}.parquet")
            table.to_json(f"{output}-{name}.json", orient="records")


def save_again(workbook: str, output: str) -> None:
    """What another program leaves of a workbook that was opened and saved without an edit."""
    from openpyxl import load_workbook

    load_workbook(workbook, rich_text=True).save(output)


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and file of each resource."""
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        yield resource["name"], folder / resource["path"]


def tables(folder: Path) -> Iterator[tuple[str, Cells]]:
    """Name and rows of each resource, numbers as numbers."""
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        types = [NUMBERS.get(field["type"]) for field in resource["schema"]["fields"]]
        yield resource["name"], _rows(folder / resource["path"], types)


def views(folder: Path) -> Iterator[tuple[str, Cells]]:
    """Name and rows of each view that a build wrote as a CSV."""
    for path in sorted((folder / "dist" / "csv").glob("*.csv")):
        yield f"view {path.stem}", _rows(path, [])


NUMBERS: dict[str, Callable[[str], Any]] = {"integer": int, "number": float}


def _rows(path: Path, types: list[Callable[[str], Any] | None]) -> Cells:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        yield next(reader)
        at = [(place, read) for place, read in enumerate(types) if read]
        for cells in reader:
            row: list[Any] = [cell or None for cell in cells]
            for place, read in at:
                row[place] = None if row[place] is None else read(row[place])
            yield row


PROGRAMS = {
    "imports": imports,
    "read-csv": read_csv,
    "write-only": write_only,
    "write-imports": write_imports,
    "workbook": workbook,
    "calamine": calamine,
    "openpyxl-read": openpyxl_read,
    "expat": expat,
    "frictionless-validate": frictionless_validate,
    "frictionless-xlsx": frictionless_xlsx,
    "pandas-xlsx": pandas_xlsx,
    "polars-xlsx": polars_xlsx,
    "pandas-exports": pandas_exports,
    "save-again": save_again,
}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](*sys.argv[2:])
