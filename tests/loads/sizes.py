"""How large the workbook of a package gets, and how long everything takes, as it grows.

    python -m tests.loads.sizes 1 3 10 30 100

Prints the table that stands in docs/beyond-a-workbook.md: this package once, three times,
ten times over … Work is told in seconds of a processor, relative to the first row.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.loads.multiply import ROOT, multiply

SHEETPACK = [sys.executable, "-m", "sheetpack"]
COLUMNS = (
    *("times", "rows", "longest sheet", "cells", "CSV, MB", "Parquet, MB", "workbook, MB"),
    *("validate, work", "build, work", "build, memory in MB", "LibreOffice opens it, work"),
)


@dataclass(frozen=True)
class Work:
    """What a command took: seconds of a processor, and memory at the most, in bytes."""

    seconds: float
    memory: int


@dataclass(frozen=True)
class Size:
    """What was measured of one multiple of the package; sizes of files in bytes."""

    times: int
    lengths: tuple[int, ...]  # rows of each table
    cells: int  # that are not blank
    csvs: int
    parquet: int
    workbook: int
    validating: Work
    building: Work
    opening: Work | None  # None where there is no LibreOffice


def measure(times: int, folder: Path) -> Size:
    """Write, check, build and open the package so many times over."""
    path = multiply(times, folder, exports=["workbook"])
    data = sorted((folder / "data").glob("*.csv"))
    tables = [_rows(file) for file in data]
    validating = run([*SHEETPACK, "validate", "--quiet", str(path)])
    building = run([*SHEETPACK, "build", "--quiet", "--package", str(path)])
    (workbook,) = (folder / "dist").glob("*.xlsx")
    opening = _open(workbook, folder)
    run([*SHEETPACK, "build", "--quiet", "--package", str(path), "--export", "parquet"])
    return Size(
        times=times,
        lengths=tuple(len(rows) for rows in tables),
        cells=sum(bool(cell) for rows in tables for row in rows for cell in row),
        csvs=sum(file.stat().st_size for file in data),
        parquet=sum(file.stat().st_size for file in (folder / "dist").rglob("*.parquet")),
        workbook=workbook.stat().st_size,
        validating=validating,
        building=building,
        opening=opening,
    )


def run(command: list[str]) -> Work:
    """Run a command to its end; what it took, with all that it started."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed ({process.returncode}).")
    return Work(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def table(sizes: list[Size]) -> str:
    """The table in Markdown."""
    first = sizes[0]
    rows = [
        [
            f"{size.times}",
            f"{sum(size.lengths):,}",
            f"{max(size.lengths):,}",
            f"{size.cells:,}",
            _megabytes(size.csvs),
            _megabytes(size.parquet),
            _megabytes(size.workbook),
            _ratio(size.validating, first.validating),
            _ratio(size.building, first.building),
            f"{size.building.memory / 1e6:.0f}",
            _ratio(size.opening, first.opening),
        ]
        for size in sizes
    ]
    lines = [COLUMNS, ["---:"] * len(COLUMNS), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def _open(workbook: Path, folder: Path) -> Work | None:
    if shutil.which("soffice") is None:
        return None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["--headless", "--convert-to", "csv", "--outdir", str(folder / "seen")]
    run(["soffice", profile, "--headless", "--terminate_after_init"])  # makes the profile
    work = run(["soffice", profile, *convert, str(workbook)])
    if not list((folder / "seen").glob("*.csv")):
        raise SystemExit(f"LibreOffice cannot open {workbook}.")
    return work


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f}" if size >= 1e5 else f"{size / 1e6:.2f}"


def _ratio(work: Work | None, first: Work | None) -> str:
    return f"{work.seconds / first.seconds:.1f}" if work and first else "not measured"


def main(multiples: list[int]) -> None:
    sizes = []
    for times in multiples:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            sizes.append(measure(times, Path(folder)))
        print(f"{times} times: done", file=sys.stderr)
    print(table(sizes))


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1])
