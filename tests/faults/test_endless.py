"""What would run for ever, or take all memory, ends in a sentence."""

from __future__ import annotations

import json
import os
import resource as limits
import subprocess
import sys
from pathlib import Path

import pytest

import sheetpack
from sheetpack import bounds, database, notation, patience
from sheetpack.descriptor import load
from sheetpack.issue import Refusal
from sheetpack.reading import read_all, typed
from tests.conftest import issues_of
from tests.samples import opened, resource, write_package

SOURCES = str(Path(sheetpack.__file__).parents[1])
START = "name: x\nresources: [{name: a, path: a.csv, schema: {fields: [{name: id}]}}]\n"
ENOUGH = 3_000_000_000  # bytes, for any command on a package of one row

needs_clock = pytest.mark.skipif(not patience.CLOCK, reason="this system has no such clock")


def code_of(call, *arguments) -> str:
    with pytest.raises(Refusal) as caught:
        call(*arguments)
    (issue,) = caught.value.issues
    return issue.code


# --- patterns -----------------------------------------------------------------------------

ENDLESS = [
    ("(a+)+", "a" * 60 + "b"),
    ("(a|a)*", "a" * 60 + "b"),
    ("(a|aa)+", "a" * 90 + "b"),
    (r"(\w+\s?)*", "word " * 30 + "!"),
    ("(.*a){20}", "a" * 60 + "b"),
    (r"([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3}))", "a" * 60),
    ("(?=(a+)+$)x", "a" * 60 + "b"),
    (r"(a+)+\1z", "a" * 60 + "b"),
]


def of_pattern(folder: Path, pattern: str, cells: list[str]) -> Path:
    field = {"name": "id", "type": "string", "constraints": {"pattern": pattern}}
    text = "\n".join(["id", *cells, ""])
    return write_package(folder, [resource("a", [field])], {"a.csv": text})


@needs_clock
@pytest.mark.parametrize(("pattern", "cell"), ENDLESS)
def test_a_pattern_that_is_tried_for_ever_is_told(tmp_path, monkeypatch, pattern, cell):
    monkeypatch.setattr(patience, "SECONDS", 0.1)
    path = of_pattern(tmp_path, pattern, ["x", cell])
    (issue,) = [each for each in issues_of(path) if each.code != "pattern"]
    assert (issue.code, issue.field) == ("pattern-endless", "id")
    assert pattern[:60] in issue.message


@needs_clock
def test_so_it_is_where_the_cell_comes_from_a_workbook(tmp_path, monkeypatch):
    monkeypatch.setattr(patience, "SECONDS", 0.1)
    package = load(of_pattern(tmp_path, "(a+)+", []))
    rows = [(2, ["a" * 60 + "b"])]
    assert code_of(typed, package.resources[0], {"id": 1}, rows) == "pattern-endless"


@needs_clock
def test_many_cells_that_take_long_together_end_too(tmp_path, monkeypatch):
    monkeypatch.setattr(patience, "SECONDS", 0.3)
    cells = ["a" * 18 + "b" * number for number in range(1, 3000)]
    codes = {issue.code for issue in issues_of(of_pattern(tmp_path, "(a+)+", cells))}
    assert "pattern-endless" in codes


@needs_clock
def test_a_number_with_a_unit_is_found_in_bounded_time(tmp_path, monkeypatch):
    monkeypatch.setattr(patience, "SECONDS", 0.1)
    field = {"name": "id", "type": "integer", "bareNumber": False}
    text = f"id\nx1{'a' * 300_000}1\n"
    path = write_package(tmp_path, [resource("a", [field])], {"a.csv": text})
    assert [issue.code for issue in issues_of(path)] == ["pattern-endless"]


def test_patterns_that_end_give_the_same_as_without_a_clock(tmp_path):
    cells = ["kim-jong-un", "a", "-a", "a--b", "ünder", "a-b-c-1-2-3" * 9]
    path = of_pattern(tmp_path, "[a-z0-9]+(-[a-z0-9]+)*", cells)
    found = [issue.row for issue in issues_of(path) if issue.code == "pattern"]
    assert found == [4, 5, 6]


# --- descriptors --------------------------------------------------------------------------

NINE = range(1, 10)
LAUGHS = "l0: &l0 [ha]\n" + "".join(
    f"l{at}: &l{at} [{', '.join([f'*l{at - 1}'] * 9)}]\n" for at in NINE
)
MERGES = "m0: &m0 {a: 1}\n" + "".join(
    f"m{at}: &m{at} {{<<: [{', '.join([f'*m{at - 1}'] * 9)}]}}\n" for at in NINE
)
CIRCLES = ["loop: &x [*x]\n", "loop: &x {a: [*x, *x, *x]}\n", "loop: &x {a: &y [*x], b: *y}\n"]
DEEP = "x: " + "[" * 90_000 + "]" * 90_000


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (LAUGHS, "descriptor-large"),
        (MERGES, "descriptor-large"),
        *((circle, "descriptor-deep") for circle in CIRCLES),
        ("x: " + "[" * 150 + "]" * 150, "descriptor-deep"),
        (DEEP, "descriptor-deep"),
        ("x: !!python/object/apply:os.getcwd []\n", "descriptor-syntax"),
    ],
    ids=["laughs", "merges", "circle", "circles", "through-another", "deep", "deepest", "python"],
)
def test_yaml_that_explodes_is_refused(tmp_path, more, code):
    path = tmp_path / "datapackage.yaml"
    path.write_text(START + more)
    assert code_of(load, path) == code


@pytest.mark.parametrize("depth", [150, 900, 90_000])
@pytest.mark.parametrize("signs", ["[]", '{"a":1}'])
def test_json_that_is_nested_too_deep_is_refused(tmp_path, depth, signs):
    start, end = (signs[0], signs[-1]) if signs == "[]" else ('{"a":', "}")
    path = tmp_path / "datapackage.json"
    path.write_text(f'{{"name": "x", "deep": {start * depth}1{end * depth}}}')
    assert code_of(load, path) == "descriptor-deep"


def test_a_descriptor_larger_than_any_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(notation, "LARGEST_FILE", 100)
    path = tmp_path / "datapackage.json"
    path.write_text(json.dumps({"name": "x" * 200}))
    assert code_of(load, path) == "descriptor-large"


def test_what_is_repeated_a_few_times_by_its_name_is_read(tmp_path):
    (tmp_path / "a.csv").write_text("id\nx\n")
    path = tmp_path / "datapackage.yaml"
    path.write_text(START + "one: &one {a: 1}\ntwo: [*one, *one, {<<: *one, b: 2}]\n")
    assert load(path).metadata["two"] == [{"a": 1}, {"a": 1}, {"a": 1, "b": 2}]


# --- SQL ----------------------------------------------------------------------------------

ONE = "SELECT 1, hex(zeroblob(9000))"
HUGE = f"WITH RECURSIVE t(a, b) AS ({ONE} UNION ALL SELECT a + 1, b || '' FROM t)"
GREEDY = [
    f"{HUGE} SELECT count(*) FROM (SELECT DISTINCT a, b FROM t)",
    f"{HUGE} SELECT a, b FROM (SELECT * FROM t LIMIT 900000) ORDER BY b, a DESC",
]

GREEDY_PROGRAM = """
import sys
from pathlib import Path
from sheetpack import bounds, database
from sheetpack.issue import Refusal
bounds.MOST_DISK = 100_000_000
from tests.samples import opened
connection = database.connect(*opened(Path(sys.argv[1])))
try:
    database.select(connection, sys.argv[2], "view.sql")
except Refusal as refusal:
    print(refusal.issues[0].code)
status = Path("/proc/self/status")  # where there is none, the memory is not told
lines = status.read_text().splitlines() if status.exists() else ["VmHWM: 0 kB"]
print(next(line.split()[1] for line in lines if line.startswith("VmHWM")))
"""


@pytest.fixture
def one(tmp_path):
    return write_package(tmp_path, [resource("a", ["id"])], {"a.csv": "id\nx\n"})


@pytest.mark.parametrize("sql", GREEDY)
def test_sql_that_wants_the_whole_disk_gets_a_bounded_part_of_it_and_of_memory(one, sql):
    code, kilobytes = _greedy(one, sql)
    assert code == "sql-memory"
    assert int(kilobytes) < 300_000


def _greedy(one: Path, sql: str) -> list[str]:
    """What a process of its own prints, so that its memory can be told."""
    done = subprocess.run(
        [sys.executable, "-c", GREEDY_PROGRAM, str(one), sql],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([SOURCES, str(Path(__file__).parents[2])])},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_sql_that_never_ends_is_stopped_by_its_steps_or_by_the_clock(one, monkeypatch):
    endless = "WITH RECURSIVE t(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM t) SELECT max(a) FROM t"
    for name, value in (("MOST_LOOKS", 2), ("STEPS_BETWEEN_LOOKS", 10_000)):
        with monkeypatch.context() as patch:
            patch.setattr(database, name, value)
            patch.setattr(bounds, "MOST_SECONDS", 0.2)
            connection = database.connect(*opened(one))
            assert code_of(database.select, connection, endless, "view.sql") == "sql-endless"


@pytest.mark.parametrize("function", ["instr", "replace", "trim", "rtrim", "ltrim"])
def test_no_single_step_of_sql_can_take_for_ever(tmp_path, function):
    """On long texts they are refused; texts that SQL makes by itself stay short."""
    texts = f"id\n{'a' * 100_000}\n"
    path = write_package(tmp_path, [resource("a", ["id"])], {"a.csv": texts})
    connection = database.connect(*opened(path))
    arguments = "id, id" if function != "replace" else "id, id, id"
    sql = f"SELECT {function}({arguments}) AS x FROM a"
    assert code_of(database.select, connection, sql, "view.sql") == "sql"


def test_texts_that_sql_makes_stay_short(one):
    connection = database.connect(*opened(one))
    sql = f"SELECT hex(zeroblob({bounds.LONGEST_MADE})) AS x"
    assert code_of(database.select, connection, sql, "view.sql") == "sql"


# --- all of it ----------------------------------------------------------------------------


def test_a_whole_command_on_such_a_package_ends_in_bounded_memory(tmp_path):
    (tmp_path / "a.csv").write_text("id\nx\n")
    (tmp_path / "datapackage.yaml").write_text(START + MERGES)

    def bound() -> None:
        limits.setrlimit(limits.RLIMIT_AS, (ENOUGH, ENOUGH))

    done = subprocess.run(
        [sys.executable, "-m", "sheetpack", "validate", str(tmp_path)],
        env=os.environ | {"PYTHONPATH": SOURCES},
        preexec_fn=bound,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr


def test_reading_all_of_a_sound_package_needs_no_clock_on_another_thread(one):
    from threading import Thread

    found = []
    thread = Thread(target=lambda: found.append(read_all(load(one))))
    thread.start()
    thread.join()
    assert found[0]["a"].readable
