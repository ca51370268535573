"""Workbooks kept as the texts of their parts, so that a change to them can be read.

To renew them after a change that is meant, and then read the difference:

    PYTHONPATH=scripts python -m tests.workbook.golden
"""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from zipfile import ZipFile

from sheetpack import build
from tests.samples import PACKAGES, opened

CASES = ["workbook-small"]
FOLDER = Path(__file__).parent / "golden"
THEME = "xl/theme/theme1.xml"  # openpyxl's own, the same in all workbooks, and long


def built(case: str) -> dict[str, str]:
    """Name → text of the parts of a workbook, as it is built now."""
    content = build.products(*opened(PACKAGES / case))[0][0].content
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name != THEME}


def kept(case: str) -> dict[str, str]:
    """Name → text of the parts, as they are kept."""
    folder = FOLDER / case
    return {
        path.relative_to(folder).as_posix(): joined(path.read_bytes().decode())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def split(text: str) -> str:
    """One element a line. Nothing is lost, as no part has a line end there by itself."""
    return text.replace("><", ">\n<") + "\n"


def joined(text: str) -> str:
    """The text that `split` was given."""
    return text.replace(">\n<", "><").removesuffix("\n")


def renew() -> None:
    """Keep all workbooks as they are built now."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    for case in CASES:
        for name, text in built(case).items():
            path = FOLDER / case / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(split(text).encode())


if __name__ == "__main__":
    renew()
