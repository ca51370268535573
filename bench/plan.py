"""What is measured at which size, what it is held against, and what it should come to."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Program

ROOT = Path(__file__).resolve().parents[1]
SIZES = (1, 10, 100, 1000)
MILLION = 100  # so many copies have about a million cells
ENVIRONMENT = {"PYTHONPATH": f"{ROOT / 'scripts'}:{ROOT}", "PYTHONWARNINGS": "ignore"}
LARGEST_FOR_ALL = 100  # beyond that only what is held against a target is run

# What a program is, for people.
NAMES: Mapping[str, str] = {
    "validate": "`sheetpack validate`",
    "build": "`sheetpack build`",
    "workbook": "the workbook alone, by our engine",
    "diff": "`sheetpack diff`",
    "merge": "`sheetpack merge` of an unedited workbook",
    "validate-floor": "floor: the same imports, then every row read by Python's `csv`",
    "build-floor": "floor: the same imports, then a bare openpyxl write-only loop",
    "write-only": "floor: a bare openpyxl write-only loop",
    "diff-floor": "floor: the same imports, then both read by Python's `csv`",
    "calamine": "floor: calamine reads the workbook (compiled code)",
    "expat": "floor of Python: its own parser over the sheets, doing nothing",
    "openpyxl-read": "openpyxl reads the workbook (read-only mode)",
    "frictionless-validate": "Frictionless alone validates",
    "frictionless-xlsx": "Frictionless writes xlsx, one file a table",
    "pandas-openpyxl": "pandas writes xlsx by openpyxl",
    "pandas-xlsxwriter": "pandas writes xlsx by XlsxWriter",
    "polars": "polars writes xlsx by XlsxWriter",
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
    "merge": ("calamine", "expat", "openpyxl-read"),
}
NEEDED_LARGE = {
    "validate",
    "frictionless-validate",
    "workbook",
    "write-only",
    "build",
    "merge",
    "calamine",
}


@dataclass(frozen=True)
class Target:
    """A ratio that should not be exceeded; `why` is told where it is."""

    words: str
    size: int
    ours: str
    other: str
    most: float
    why: str


TARGETS = (
    Target(
        "A cold `validate` of the real package, within 1.5 times its floor",
        1,
        "validate",
        "validate-floor",
        1.5,
        "The floor reads rows and looks at none. Above it stand loading the descriptor, "
        "Frictionless's setting up of nineteen tables, and the rules in SQL.",
    ),
    Target(
        "A cold `build` of the real package, within 1.5 times its floor",
        1,
        "build",
        "build-floor",
        1.5,
        "A build also validates, runs all views, and writes their CSVs; the floor writes cells "
        "without styles, lists, rules or notes.",
    ),
    Target(
        "At a million cells: the workbook, within 1.3 times the bare write loop",
        MILLION,
        "workbook",
        "write-only",
        1.3,
        "Besides writing, the tables are read and typed by Frictionless and the views are run "
        "by SQLite; the loop has its cells for nothing.",
    ),
    Target(
        "At a million cells: `validate` with all rules, no slower than Frictionless alone",
        MILLION,
        "validate",
        "frictionless-validate",
        1.0,
        "Frictionless itself reads the rows for us; the rest is our checks and the rules in SQL.",
    ),
    Target(
        "At a million cells: `merge` of an unedited workbook, within 1.5 times the fastest read",
        MILLION,
        "merge",
        "calamine",
        1.5,
        "calamine is compiled code. Python's own parser takes longer than that before anybody "
        "has looked at a cell (see its row), and a merge reads the data as well, compares three "
        "sides and checks the result as a whole.",
    ),
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
        "merge": (_ours("merge", "--dry-run", "--quiet", "--package", data, str(book)), book),
        "calamine": (_other("calamine", str(book)), book),
        "expat": (_other("expat", str(book)), book),
        "openpyxl-read": (_other("openpyxl-read", str(book)), book),
    }
    for name, (command, needs) in commands.items():
        if size <= LARGEST_FOR_ALL or name in NEEDED_LARGE:
            yield Program(name, command, folder, needs)


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


def _other(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bench.programs", *arguments]


def _name(folder: Path) -> str:
    return str(json.loads((folder / "datapackage.json").read_text("utf-8"))["name"])
