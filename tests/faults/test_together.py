"""Several commands on one package at the same time: each finds all of the old or all of the new."""

from __future__ import annotations

import os
import signal
import time

import pytest

from sheetpack import journal, transaction
from sheetpack.cli import telling
from sheetpack.cli.opening import open_package
from sheetpack.issue import Refusal
from tests.faults.stopping import needs_fork, run
from tests.faults.works import MERGE, REBUILD, all_files, edited
from tests.samples import resource, write_package

SILENT = telling.Progress(quiet=True)
NAMES = ("a", "b", "c", "d")


@pytest.fixture
def package(tmp_path):
    """Tables that all say the same number; data in which they differ is half of a saving."""
    tables = [resource(name, [{"name": "turn", "type": "integer"}]) for name in NAMES]
    return write_package(tmp_path, tables, turned(0)).parent


def turned(turn: int) -> dict[str, str]:
    return {f"{name}.csv": f"turn\n{turn}\n" for name in NAMES}


def save(folder, turn: int) -> None:
    contents = {folder / name: text.encode() for name, text in turned(turn).items()}
    transaction.commit(folder, contents)


def seen(package) -> set[int]:
    tables, _ = telling.read_tables(package, SILENT)
    return {row.values[0] for table in tables.values() for row in table.rows}


@needs_fork
def test_whoever_reads_while_another_writes_finds_what_belongs_together(package):
    child = os.fork()
    if not child:
        try:
            for turn in range(1, 100_000):
                save(package, turn)
                time.sleep(0.02)
        finally:
            os._exit(0)
    try:
        found = [seen(open_package(package)) for _ in range(25)]
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert all(len(turns) == 1 for turns in found)
    assert len(set.union(*found)) > 1, "nothing was written meanwhile"


def test_a_saving_in_the_midst_of_reading_is_noticed(package, monkeypatch):
    read, begun = telling.read, []

    def read_slowly(resource, of_package):
        if resource.name == "c" and len(begun) < 2:
            begun.append(resource.name)
            save(package, len(begun))
        return read(resource, of_package)

    monkeypatch.setattr(telling, "read", read_slowly)
    assert seen(open_package(package)) == {2}


def test_half_of_a_saving_is_noticed_though_nothing_changes_while_it_is_read(package, monkeypatch):
    """A process was killed after it had moved one file of two."""
    opened = open_package(package)
    moves = journal.planned(
        package, {package / "a.csv": b"turn\n1\n", package / "b.csv": b"turn\n1\n"}
    )
    (package / journal.SAVING).write_bytes(journal.to_bytes(moves))
    for move, data in moves.items():
        move.staged.write_bytes(data)
    next(iter(moves)).staged.replace(package / "a.csv")
    tables, _ = telling.read_tables(opened, SILENT)
    turns = [tables[name].rows[0].values[0] for name in ("a", "b")]
    assert turns == [1, 1]
    assert not (package / journal.SAVING).exists()


def test_files_that_change_again_and_again_are_told(package, monkeypatch):
    read, turns = telling.read, []

    def read_slowly(resource, of_package):
        turns.append(len(turns))
        save(package, len(turns))
        return read(resource, of_package)

    monkeypatch.setattr(telling, "read", read_slowly)
    with pytest.raises(Refusal) as caught:
        seen(open_package(package))
    assert [issue.code for issue in caught.value.issues] == ["data-moving"]


@needs_fork
def test_two_merges_at_once_bring_the_edits_back_once(tmp_path):
    folder = edited(tmp_path / "work")
    before = all_files(folder / "data")
    codes = _at_once(folder, [MERGE.arguments(folder)] * 2)
    after = all_files(folder / "data")
    assert codes == [0, 0]
    assert after != before
    alone = edited(tmp_path / "alone")
    assert run(MERGE.arguments(alone), alone).code == 0
    assert after == all_files(alone / "data")


@needs_fork
def test_a_build_during_a_merge_shows_the_old_data_or_the_new(tmp_path):
    folder = edited(tmp_path / "work")
    build = REBUILD.arguments(folder)
    run(build, folder)
    built = {"old": all_files(folder / "dist")}
    codes = _at_once(folder, [MERGE.arguments(folder), build])
    found = all_files(folder / "dist")
    run(build, folder)
    built["new"] = all_files(folder / "dist")
    assert codes == [0, 0]
    assert found in built.values()


def _at_once(folder, commands) -> list[int]:
    """Run commands at the same time; returns their exit codes."""
    children = []
    for at, arguments in enumerate(commands):
        child = os.fork()
        if not child:
            place = folder.parent / f"process-{at}"
            place.mkdir()
            os._exit(run(arguments, place / "x").code)
        children.append(child)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
