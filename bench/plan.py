"""What is measured at which size, what it is held against, and what it should come to."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Program
from bench.multiply import WITHOUT_WORKBOOK

ROOT = Path(__file__).resolve().parents[1]
MILLION = 100  # so many copies have about a million cells
TEN_MILLIONS = 1000
SIZES = (1, 10, MILLION)
LARGE_SIZES = (MILLION, TEN_MILLIONS)
ENVIRONMENT = {"PYTHONPATH": f"{ROOT / 'scripts'}:{ROOT}", "PYTHONWARNINGS": "ignore"}

# What a program is, for people.
NAMES: Mapping[str, str] = {
    "validate": "`sheetpack validate`",
    "build": "`sheetpack build`",
    "workbook": "the workbook alone, by our engine",
    "diff": "`sheetpack diff`",
    "exports": "`sheetpack build` of CSVs, SQLite, Parquet and JSON, without a workbook",
    "merge": "`sheetpack merge` of a workbook as it was built",
    "merge-saved": "`sheetpack merge` of a workbook that another program saved, without an edit",
    "validate-floor": "floor: the same imports, then every row read by Python's `csv`",
    "build-floor": "floor: the same imports, then a bare openpyxl write-only loop",
    "write-only": "floor: a bare openpyxl write-only loop",
    "diff-floor": "floor: the same imports, then both read by Python's `csv`",
    "calamine": "floor: calamine reads the workbook (compiled code)",
    "calamine-saved": "floor: calamine reads that workbook (compiled code)",
    "expat-saved": "floor of Python: its own parser over the sheets, doing nothing",
    "openpyxl-saved": "openpyxl reads that workbook (read-only mode)",
    "frictionless-validate": "Frictionless alone validates",
    "frictionless-xlsx": "Frictionless writes xlsx, one file a table",
    "pandas-openpyxl": "pandas writes xlsx by openpyxl",
    "pandas-xlsxwriter": "pandas writes xlsx by XlsxWriter",
    "polars": "polars writes xlsx by XlsxWriter",
    "pandas-exports": "pandas writes CSVs, SQLite, Parquet and JSON",
}
# Ours → what it is held against.
AGAINST: Mapping[str, tuple[str, ...]] = {
    "validate": ("validate-floor", "frictionless-validate"),
    "build": (
        "build-floor",
        "write-only",
        "frictionless-xlsx",
        "pandas-openpyxl",
        "pandas-xlsxwriter",
        "polars",
    ),
    "workbook": ("write-only",),
    "diff": ("diff-floor",),
    "exports": ("pandas-exports",),
    "merge": ("calamine",),
    "merge-saved": ("calamine-saved", "expat-saved", "openpyxl-saved"),
}
LARGE = ("build", "validate", "exports")  # run at the large sizes, for the memory they take

Measured = tuple[int, str]  # a size and a program


@dataclass(frozen=True)
class Target:
    """A ratio that should not be exceeded; `why` is told where it is.

    Attributes:
        what: What is compared: "cpu" or "memory", as in `measure.Run`.
    """

    words: str
    ours: Measured
    other: Measured
    most: float
    why: str
    what: str = "cpu"


def _bounded(name: str, what: str) -> Target:
    """Ten times the rows, and what is in memory of them not ten times as much."""
    return Target(
        f"Memory of {what} at ten million cells, within 2 times that at a million",
        (TEN_MILLIONS, name),
        (MILLION, name),
        2.0,
        "Rows lie on the disk; what is kept of them in memory grows with their number.",
        "memory",
    )


TARGETS = (
    Target(
        "A cold `validate` of the real package, within 1.5 times its floor",
        (1, "validate"),
        (1, "validate-floor"),
        1.5,
        "The floor reads rows and looks at none. Above it stand checking the descriptor, typing "
        "the cells, and the rules in SQL.",
    ),
    Target(
        "A cold `build` of the real package, within 1.5 times its floor",
        (1, "build"),
        (1, "build-floor"),
        1.5,
        "A build also validates, runs all views, and writes their CSVs; the floor writes cells "
        "without styles, lists, rules or notes.",
    ),
    Target(
        "At a million cells: the workbook, within 1.3 times the bare write loop",
        (MILLION, "workbook"),
        (MILLION, "write-only"),
        1.3,
        "Besides writing, the tables are read and typed by Frictionless and the views are run "
        "by SQLite; the loop has its cells for nothing.",
    ),
    Target(
        "At a million cells: `validate` with all rules, no slower than Frictionless alone",
        (MILLION, "validate"),
        (MILLION, "frictionless-validate"),
        1.0,
        "Frictionless itself reads the rows for us; the rest is our checks and the rules in SQL.",
    ),
    Target(
        "At a million cells: `merge` of a workbook as it was built, within 1.5 times the fastest "
        "read",
        (MILLION, "merge"),
        (MILLION, "calamine"),
        1.5,
        "Every part of it is unpacked and its fingerprint taken.",
    ),
    Target(
        "At a million cells: `merge` of a workbook that another program saved, without an edit, "
        "within 1.5 times the fastest read",
        (MILLION, "merge-saved"),
        (MILLION, "calamine-saved"),
        1.5,
        "calamine is compiled code. Python's own parser takes longer than that before anybody "
        "has looked at a cell (see its row).",
    ),
)
LARGE_TARGETS = (
    _bounded("validate", "`validate`"),
    _bounded("exports", "the exports"),
    _bounded("build", "`build` with the workbook"),
)


def programs(size: int, folder: Path, modules: Mapping[str, Path]) -> Iterator[Program]:
    """Everything to run at one size, builds first: others read what they write.

    Args:
        folder: Where the package of that size lies.
        modules: Command → the file that lists its imports.
    """
    out = folder / "out"
    out.mkdir(exist_ok=True)
    book = folder / "dist" / f"{_name(folder)}.xlsx"
    data = str(folder)
    saved = out / "saved.xlsx"
    cells = str(folder / "dist" / "csv")
    commands: dict[str, tuple[list[str], Path | None]] = {
        "build": (_ours("build", "--quiet", "--package", data), None),
        "validate": (_ours("validate", data), None),
        "validate-floor": (_other("read-csv", str(modules["validate"]), data), None),
        "frictionless-validate": (
            _other("frictionless-validate", str(folder / "datapackage.json")),
            None,
        ),
        "workbook": (_other("workbook", data, str(out / "ours.xlsx")), None),
        "write-only": (_other("write-only", data, str(out / "bare.xlsx")), Path(cells)),
        "build-floor": (
            _other("write-imports", str(modules["build"]), data, str(out / "floor.xlsx")),
            Path(cells),
        ),
        "frictionless-xlsx": (_other("frictionless-xlsx", data, str(out / "frictionless")), None),
        "pandas-openpyxl": (
            _other("pandas-xlsx", "openpyxl", data, str(out / "pandas.xlsx")),
            None,
        ),
        "pandas-xlsxwriter": (
            _other("pandas-xlsx", "xlsxwriter", data, str(out / "pandas.xlsx")),
            None,
        ),
        "polars": (_other("polars-xlsx", data, str(out / "polars.xlsx")), None),
        "diff": (_ours("diff", data, data), None),
        "diff-floor": (_other("read-csv", str(modules["diff"]), data, data), None),
        "exports": (
            _ours(
                *("build", "--quiet", "--package", str(folder / WITHOUT_WORKBOOK)),
                *("--output", str(out / "exports")),
            ),
            None,
        ),
        "pandas-exports": (_other("pandas-exports", data, str(out / "pandas")), None),
        "merge": (_merge(data, book), book),
        "calamine": (_other("calamine", str(book)), book),
        "save-again": (_other("save-again", str(book), str(saved)), book),
        "merge-saved": (_merge(data, saved), saved),
        "calamine-saved": (_other("calamine", str(saved)), saved),
        "expat-saved": (_other("expat", str(saved)), saved),
        "openpyxl-saved": (_other("openpyxl-read", str(saved)), saved),
    }
    for name, (command, needs) in commands.items():
        yield Program(name, command, folder, needs, once=name == "save-again")


def write_modules(command: str, package: Path, file: Path) -> None:
    """List the modules, other than ours, that a command imports on its way."""
    arguments = [str(package)] * 2 if command == "diff" else ["--package", str(package)]
    code = (
        "import json, sys\n"
        "from sheetpack.cli import main\n"
        f"sys.argv = ['sheetpack', {command!r}, *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "names = [n for n in sys.modules if n.partition('.')[0] not in ('sheetpack', '__main__')]\n"
        f"open({str(file)!r}, 'w').write(json.dumps(names))\n"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        env=ENVIRONMENT,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _ours(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "sheetpack", *arguments]


def _merge(data: str, book: Path) -> list[str]:
    return _ours("merge", "--dry-run", "--quiet", "--package", data, str(book))


def _other(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bench.programs", *arguments]


def _name(folder: Path) -> str:
    return str(json.loads((folder / "datapackage.json").read_text("utf-8"))["name"])
