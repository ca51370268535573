"""However many rows there are: the same answers, and no more memory."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
import tracemalloc

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetpack import bounds, canonical, rawfile, reading, spool
from sheetpack.checks import alike, check
from sheetpack.cli import main
from tests.conftest import PACKAGES, issues_of
from tests.faults.test_disk import small_disk
from tests.planted import PLANTS
from tests.samples import opened, resource, write_package

RULE = "SELECT 'child' AS resource, rowid AS row, 'No.' AS message FROM child WHERE parent = 'c'"


def little_room(monkeypatch, rows=2):
    """As if memory were so small that so many rows were many."""
    monkeypatch.setattr(spool, "CHUNK", rows)
    monkeypatch.setattr(alike, "MOST_AT_ONCE", rows)
    monkeypatch.setattr(canonical, "ROWS_AT_ONCE", rows)
    monkeypatch.setattr(reading, "MOST_KNOWN", rows)
    monkeypatch.setattr(rawfile, "PIECE", 50 * rows)
    monkeypatch.setattr(bounds, "CACHE", 10_000 * rows)


def package_of(folder, parents, children, kind="string"):
    """Keys, references, unique values, ids of the whole package, a rule."""
    fields = [{"name": "id", "type": kind}, {"name": "name", "constraints": {"unique": True}}]
    parent = resource("parent", fields, ["id"], sheetpack={"sharedIds": True})
    other = resource("other", ["id"], ["id"], sheetpack={"sharedIds": True})
    key = {"fields": "parent", "reference": {"resource": "parent", "fields": "id"}}
    any_id = {"name": "any", "type": "string", "sheetpack": {"anyId": True}}
    child = resource(
        "child",
        [{"name": "parent", "type": kind}, any_id, "note"],
        schema={"foreignKeys": [key], "uniqueKeys": [["parent", "any"]]},
    )
    data = {
        "parent.csv": text(("id", "name"), parents),
        "other.csv": text(("id",), ((row[1],) for row in children)),
        "child.csv": text(("parent", "any", "note"), children),
        "rule.sql": RULE,
    }
    return write_package(folder, [parent, other, child], data, {"rules": "."})


def text(header, rows):
    return "".join(",".join(row) + "\n" for row in [header, *rows])


CELLS = st.sampled_from(["", "a", "b", "c", "ab", "1", "1.0", "01", "2", " a", "=a", "-1", "-2"])
TRIPLES = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TRIPLES, TRIPLES, st.sampled_from(["string", "integer", "number", "any"]))
def test_rows_on_the_disk_have_the_issues_that_they_have_in_memory(tmp_path, some, others, kind):
    path = package_of(tmp_path, [row[:2] for row in some], others, kind)
    in_memory = issues_of(path)
    with pytest.MonkeyPatch.context() as patch:
        little_room(patch)
        assert issues_of(path) == in_memory


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.code}:{plant.new[:20]}")
def test_a_planted_mistake_is_told_alike_with_little_room(gallery, plant, monkeypatch):
    gallery.replace(plant.file, plant.old, plant.new)
    in_memory = gallery.issues()
    little_room(monkeypatch)
    assert gallery.issues() == in_memory


@pytest.mark.parametrize("folder", sorted(path.name for path in PACKAGES.iterdir()))
def test_every_fixture_has_the_same_issues_with_little_room(folder, monkeypatch):
    path = next((PACKAGES / folder).glob("datapackage.*"))
    in_memory = issues_of(path)
    little_room(monkeypatch, 1)
    assert issues_of(path) == in_memory


def peak_of_validating(folder, count):
    """The most memory that Python takes for a package of so many rows."""
    folder.mkdir()
    parents = [(f"p{at}", f"name {at}") for at in range(count)]
    children = [(f"p{at}", f"o{at}", "text" * 300 + str(at)) for at in range(count)]
    path = package_of(folder, parents, children)
    tracemalloc.start()
    try:
        assert check(*opened(path)) == []
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_more_rows_take_next_to_no_more_memory(tmp_path, monkeypatch):
    little_room(monkeypatch, 100)
    peak_of_validating(tmp_path / "first", 100)  # what is kept for good
    few = peak_of_validating(tmp_path / "few", 1_500)
    many = peak_of_validating(tmp_path / "many", 6_000)
    more_rows = 3 * (6_000 - 1_500)
    # Bytes: in memory a row takes 500; what waits to be cleared away, up to 150 in Python 3.14.
    assert many - few < 200 * more_rows


class Full:
    """A file on a disk that has room for nothing."""

    def seek(self, *_):
        return 0

    def tell(self):
        return 0

    def write(self, _):
        raise OSError(errno.ENOSPC, "No space left on device")

    def close(self):
        pass


@pytest.mark.parametrize("is_there", [True, False])
def test_a_full_disk_is_told_in_one_sentence(is_there, gallery, monkeypatch):
    def make(**_):
        if is_there:
            return Full()
        raise OSError(errno.ENOSPC, "No space left on device")

    little_room(monkeypatch)
    monkeypatch.setattr(tempfile, "TemporaryFile", make)
    result = CliRunner().invoke(main, ["validate", str(gallery.folder), "--format", "json"])
    assert result.exit_code == 2
    (issue,) = json.loads(result.stdout)["issues"]
    assert issue["code"] == "system"
    assert f"No space left on device ({tempfile.gettempdir()})" in issue["message"]


LITTLE_CACHE = "from sheetpack import bounds, cli; bounds.CACHE = 10_000; cli.main()"


def test_a_disk_without_room_for_the_database_is_told_in_one_sentence(tmp_path):
    folder = tmp_path / "package"
    folder.mkdir()
    package_of(folder, [(str(at), "x" * 50 + str(at)) for at in range(5_000)], [])
    assert_no_room(folder, tmp_path / "disk")


def test_a_disk_without_room_for_what_a_statement_sorts_is_no_fault_of_the_statement(tmp_path):
    folder = tmp_path / "package"
    folder.mkdir()
    package_of(folder, [], [])
    (folder / "rule.sql").write_text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
        " SELECT 'child' AS resource, printf('%0200d', -i) AS message FROM n ORDER BY 2"
    )
    assert_no_room(folder, tmp_path / "disk")


def assert_no_room(folder, disk):
    """In a process of its own, as SQLite looks but once where it may put its files."""
    command = [sys.executable, "-c", LITTLE_CACHE, "validate", str(folder), "--format", "json"]
    with small_disk(disk, "64k"):
        surroundings = os.environ | {"SQLITE_TMPDIR": str(disk)}
        result = subprocess.run(command, capture_output=True, text=True, env=surroundings)
    assert (result.returncode, result.stderr) == (2, "")
    (issue,) = json.loads(result.stdout)["issues"]
    assert issue["code"] == "system"
    assert "full" in issue["message"]
