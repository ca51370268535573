"""A disk that is full, or that nobody may write to: told in a sentence, all files as they were.

That each single call to the system may fail is tried in `tests/test_transaction.py`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from sheetpack.cli import main
from tests.faults.works import WORKS, all_files

BYTES_LEFT = 8_192


def mount(*arguments) -> bool:
    program = shutil.which("mount")
    return (
        bool(program) and not subprocess.run([program, *arguments], capture_output=True).returncode
    )


@contextmanager
def small_disk(folder, size: str):
    """A disk of its own at a folder, where this user may make one."""
    folder.mkdir()
    if os.name != "posix" or not mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)):
        pytest.skip("this user cannot make a disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def run(work, folder):
    return CliRunner().invoke(main, [*work.arguments(folder), "--format", "json"])


def codes(result) -> list[str]:
    assert "Traceback" not in result.output
    return [issue["code"] for issue in json.loads(result.stdout)["issues"]]


def fill(disk) -> None:
    """Leave next to nothing on a disk."""
    free = shutil.disk_usage(disk).free
    (disk / "filling").write_bytes(b"x" * max(0, free - BYTES_LEFT))


@pytest.mark.parametrize("name", ["build", "build again", "merge", "format"])
def test_on_a_full_disk_all_files_are_as_they_were(name, tmp_path):
    work = WORKS[name]
    disk = tmp_path / "disk"
    with small_disk(disk, "2m"):
        folder = work.fresh(disk / "work")
        long = folder / "data" / "loans.csv"
        row = "loan-{0},odyssey,ada,2024-06-19,{1}\n"
        rows = "".join(row.format(at, "w" * 300) for at in range(10, 300))
        end = b"\r\n" if b"\r\n" in long.read_bytes() else b"\n"
        long.write_bytes(long.read_bytes() + rows.encode().replace(b"\n", end))
        if name == "merge":
            (folder / "data" / "books.csv").write_bytes(
                (folder / "data" / "books.csv").read_bytes()
                + b"".join(b"b%d,%s,other,,,\n" % (at, b"t" * 300) for at in range(60))
            )
        before = all_files(folder)
        fill(disk)
        result = run(work, folder)
        assert (result.exit_code, codes(result)) == (2, ["file-unwritable"]), result.output
        assert "No space left" in result.output
        assert all_files(folder) == before
        assert not [path for path in folder.rglob(".*")]
        (disk / "filling").unlink()
        assert run(work, folder).exit_code == 0


@pytest.mark.parametrize("name", WORKS)
def test_in_a_folder_that_cannot_be_written_all_files_are_as_they_were(name, tmp_path):
    work = WORKS[name]
    disk = tmp_path / "disk"
    with small_disk(disk, "64m"):
        folder = work.fresh(disk / "work")
        before = all_files(folder)
        assert mount("-o", "remount,ro", str(disk))
        result = run(work, folder)
        assert (result.exit_code, codes(result)) == (2, ["file-unwritable"]), result.output
        assert all_files(folder) == before


def test_what_only_reads_needs_no_right_to_write(tmp_path):
    disk = tmp_path / "disk"
    with small_disk(disk, "64m"):
        folder = WORKS["merge"].fresh(disk / "work")
        assert mount("-o", "remount,ro", str(disk))
        book = str(folder.parent / "book.xlsx")
        for arguments in (
            ["validate", str(folder)],
            ["validate", book, "--package", str(folder)],
            ["diff", str(folder), book, "--package", str(folder)],
            ["merge", book, "--package", str(folder), "--dry-run"],
        ):
            assert CliRunner().invoke(main, arguments).exit_code == 0, arguments
