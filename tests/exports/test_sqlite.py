"""The database holds what the data holds, and keeps what the contract demands."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

from sheetpack import bounds, build, views
from sheetpack.exports import sqlite
from sheetpack.exports.sqlite import different_tables
from sheetpack.issue import Refusal
from tests.exports.conftest import OWN, ROOT, own_cells, own_names, own_types, write_hard
from tests.samples import opened, resource, write_package

READERS = {"integer": int, "number": float, "boolean": lambda text: int(text == "true")}


def connect(path):
    return closing(sqlite3.connect(path))


def rows_of(path, name):
    with connect(path) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid')]


@pytest.fixture
def database(own):
    return own / "putin-kim-summit-2024.sqlite"


@pytest.mark.parametrize("name", own_names())
def test_every_cell_of_the_data_is_there(database, name):
    types = own_types(name)
    wanted = [
        {key: READERS.get(types[key], str)(text) if text else None for key, text in row.items()}
        for row in own_cells(name)
    ]
    # By their written form, in which 1 and 1.0 differ.
    assert repr(rows_of(database, name)) == repr(wanted)


def test_every_view_is_there_with_its_rows(database):
    with connect(database) as connection:
        for reading in views.run(*opened(ROOT)):
            found = connection.execute(f'SELECT * FROM "{reading.view.name}"')
            assert tuple(column[0] for column in found.description) == reading.headers
            assert found.fetchall() == reading.rows


def test_views_are_views_that_need_no_program_of_ours(database):
    with connect(database) as connection:
        kinds = dict(connection.execute("SELECT name, type FROM sqlite_master"))
    assert {kinds[view["name"]] for view in OWN["sheetpack"]["views"]} == {"view"}
    assert {kinds[name] for name in own_names()} == {"table"}


def test_a_view_follows_what_is_changed_in_the_database(database, tmp_path):
    with connect(shutil.copy(database, tmp_path)) as connection:
        connection.execute("UPDATE codes SET label = 'Taken place' WHERE code = 'occurred'")
        told = connection.execute('SELECT DISTINCT "Told as" FROM "what-happened-when"')
        assert ("Taken place",) in told.fetchall()


def test_a_view_that_sqlite_cannot_run_alone_is_stored_as_a_table(tmp_path):
    views_of = [{"name": name, "path": f"{name}.sql"} for name in ("rows", "labels", "more")]
    data = {
        "t.csv": "a\n2024-05\n",
        "rows.sql": "SELECT id, row FROM _records",
        "labels.sql": "SELECT edtf_label(a || '-01') AS x, rowid AS y FROM t",
        "more.sql": "SELECT x || '!' AS z FROM labels",
    }
    tables = [resource("t", ["a"], key=["a"], sheetpack={"sharedIds": True})]
    path = write_package(tmp_path, tables, data, {"views": views_of})
    build.write(build.products(*opened(path), ["sqlite"])[0], tmp_path / "dist")
    with connect(tmp_path / "dist/sample.sqlite") as connection:
        kinds = dict(connection.execute("SELECT name, type FROM sqlite_master"))
        assert (kinds["rows"], kinds["labels"], kinds["more"]) == ("table", "table", "view")
        assert connection.execute("SELECT * FROM rows").fetchall() == [("2024-05", 2)]
        assert connection.execute("SELECT * FROM more").fetchall() == [("1 May 2024!",)]


def test_hard_cells_are_kept(hard):
    first, second, third = sorted(rows_of(hard / "sample.sqlite", "things"), key=lambda r: -r["id"])
    assert first["name"] == "two\nlines"
    assert first["code"] == 'a "b", c'
    assert (second["code"], second["name"], second["month"]) == ("042", "Zoë Ångström", "2024-05")
    assert (second["day"], second["at"]) == ("1949-01-31", "2024-06-19T18:30:00")
    assert (second["price"], second["open"], second["size"]) == (1.1, 1, "it's")
    assert second["long"] == "123456789012345678901"
    assert (second["span"], second["tags"]) == ("P1Y6M", '["é", 1]')
    assert {key for key, value in third.items() if value is not None} == {
        *("id", "name", "open", "long")
    }
    assert third["open"] == 0


def test_columns_have_the_types_of_their_fields(hard):
    with connect(hard / "sample.sqlite") as connection:
        found = {row[1]: row[2:4] for row in connection.execute('PRAGMA table_info("things")')}
    assert found["id"] == ("INTEGER", 1)
    assert found["code"] == ("TEXT", 0)
    assert found["name"] == ("TEXT", 1)
    assert found["price"] == ("REAL", 0)
    assert found["open"] == ("INTEGER", 0)
    assert found["long"] == ("TEXT", 0)  # one of its numbers is too long for SQLite


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE things SET name = NULL",
        "UPDATE things SET name = 'a name of more than twenty characters'",
        "UPDATE things SET price = -1",
        "UPDATE things SET price = 1001",
        "UPDATE things SET open = 2",
        "UPDATE things SET size = 'xl'",
        "UPDATE things SET day = '1899-12-31'",
        "UPDATE things SET id = 1",
        "UPDATE things SET parent = 99",
    ],
)
def test_what_the_contract_forbids_the_database_forbids(hard, tmp_path, change):
    copy = shutil.copy(hard / "sample.sqlite", tmp_path)
    with connect(copy) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(change)
            connection.commit()


def test_references_lead_to_their_tables(database):
    with connect(database) as connection:
        for table in OWN["resources"]:
            wanted = {
                (key["reference"]["resource"] or table["name"], *key["fields"])
                for key in table["schema"].get("foreignKeys", ())
            }
            listed = connection.execute(f'PRAGMA foreign_key_list("{table["name"]}")')
            assert {(row[2], row[3]) for row in listed} == wanted
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_reference_to_columns_that_are_no_key_is_left_out(tmp_path):
    keys = {"foreignKeys": [{"fields": ["b"], "reference": {"resource": "t", "fields": ["a"]}}]}
    tables = [resource("t", ["a"]), resource("u", ["b"], schema=keys)]
    path = write_package(tmp_path, tables, {"t.csv": "a\nx\nx\n", "u.csv": "b\nx\n"})
    build.write(build.products(*opened(path), ["sqlite"])[0], tmp_path / "dist")
    with connect(tmp_path / "dist/sample.sqlite") as connection:
        assert connection.execute('PRAGMA foreign_key_list("u")').fetchall() == []


def test_descriptions_stand_beside_the_columns(hard):
    with connect(hard / "sample.sqlite") as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'things'")
    assert "-- Things. Of all kinds." in sql[0]
    assert "-- Keeps its zeros. Always" in sql[0]


def test_what_is_not_a_number_is_not_lost(types):
    found = [row["a_number"] for row in rows_of(types / "workbook-types.sqlite", "everything")]
    assert "NaN" in found
    assert float("inf") in found


def test_columns_that_sqlite_cannot_tell_apart_are_refused(tmp_path):
    path = write_package(tmp_path, [resource("t", ["a", "A"])], {"t.csv": "a,A\n1,2\n"})
    with pytest.raises(Refusal) as refused:
        build.products(*opened(path), ["sqlite"])
    (issue,) = refused.value.issues
    assert (issue.code, issue.file) == ("export-sqlite", "t.csv")


def test_words_that_sql_knows_can_be_names(tmp_path):
    tables = [resource("order", ["select", 'a "b"', "it's"], key=["select"])]
    path = write_package(tmp_path, tables, {"order.csv": 'select,"a ""b""",it\'s\n1,2,3\n'})
    build.write(build.products(*opened(path), ["sqlite"])[0], tmp_path / "dist")
    assert rows_of(tmp_path / "dist/sample.sqlite", "order") == [
        {"select": "1", 'a "b"': "2", "it's": "3"}
    ]


def different(ours, theirs):
    with ours.open("rb") as one, theirs.open("rb") as other:
        return different_tables(one, other)


def test_the_same_data_in_other_bytes_is_the_same_database(hard, tmp_path):
    copy = shutil.copy(hard / "sample.sqlite", tmp_path)
    with connect(copy) as connection:
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("VACUUM")
    ours = hard / "sample.sqlite"
    assert ours.read_bytes() != (tmp_path / "sample.sqlite").read_bytes()
    assert different(ours, tmp_path / "sample.sqlite") == []
    with connect(copy) as connection:
        connection.execute("UPDATE things SET code = '43' WHERE id = 2")
        connection.commit()
    assert different(ours, tmp_path / "sample.sqlite")


def test_a_database_that_was_looked_at_in_part_is_closed_before_its_copy_is_removed(hard):
    """Windows removes no file that is open; elsewhere it stays, without a name."""
    before = bounds.Disk().before
    with (hard / "sample.sqlite").open("rb") as file, sqlite._dump(file) as statements:
        assert any(each.startswith("INSERT") for each in statements)
    assert bounds.Disk().before == before


def test_a_damaged_database_is_said_to_be_damaged(hard, tmp_path):
    (tmp_path / "damaged").write_bytes(b"no database" * 100)
    with pytest.raises(OSError):
        different(hard / "sample.sqlite", tmp_path / "damaged")


def test_the_same_data_gives_the_same_bytes(tmp_path):
    package = opened(write_hard(tmp_path))
    first, second = (
        [product.content for product in build.products(*package, ["sqlite", "json", "parquet"])[0]]
        for _ in range(2)
    )
    assert first == second


def test_a_reference_that_sqlite_does_not_find_is_told():
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE parent (id TEXT PRIMARY KEY)")
        connection.execute("CREATE TABLE child (up TEXT REFERENCES parent (id))")
        connection.execute("INSERT INTO child VALUES ('x')")
        with pytest.raises(sqlite3.IntegrityError, match="from child to parent"):
            sqlite._check_references(connection)
        connection.execute("INSERT INTO parent VALUES ('x')")
        sqlite._check_references(connection)
