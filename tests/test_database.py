"""Tables in SQLite, and SQL from a stranger."""

from __future__ import annotations

import pytest

from sheetpack import database
from sheetpack.issue import Refusal
from tests.samples import PACKAGES, opened, resource, write_package


@pytest.fixture(scope="module")
def library():
    connection = database.connect(*opened(PACKAGES / "workbook-library"))
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def types():
    connection = database.connect(*opened(PACKAGES / "workbook-types"))
    yield connection
    connection.close()


def rows(connection, sql):
    return database.select(connection, sql, "query.sql")[1]


def codes(refusal):
    return [issue.code for issue in refusal.value.issues]


def test_a_resource_is_a_table_whose_rowid_is_the_row_of_the_file(library):
    found = rows(library, "SELECT rowid, person_id FROM people ORDER BY rowid")
    assert found == [(2, "ada"), (3, "ben"), (4, "chen")]


def test_headers_come_in_the_order_of_the_statement(library):
    headers, _ = database.select(library, 'SELECT name AS "Who", person_id FROM people', "q")
    assert headers == ["Who", "person_id"]


def test_a_blank_is_null(library):
    assert rows(library, "SELECT loan_id FROM loans WHERE person_id IS NULL") == [("loan-3",)]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("a_string", "plain"),
        ("an_integer", 1),
        ("a_number", 1.5),
        ("a_boolean", 1),
        ("a_date", "2024-06-19"),
        ("a_time", "18:30:00"),
        ("a_datetime", "2024-06-19T18:30:00"),
        ("a_year", 2024),
        ("a_yearmonth", "2024-06"),
        ("a_duration", "P1Y6M"),
        ("a_geopoint", "125.7, 39.0"),
        ("an_array", "[1, 2]"),
        ("a_list", "a,b"),
        ("anything", "2024-06"),
    ],
)
def test_each_type_has_its_value_in_sql(types, field, expected):
    (((value,)),) = rows(types, f"SELECT {field} FROM everything WHERE id = 1")
    assert (value, type(value)) == (expected, type(expected))


def test_an_integer_too_long_for_sqlite_stays_exact(types):
    found = rows(types, "SELECT an_integer FROM everything WHERE id = 4")
    assert found == [("-12345678901234567890",)]


def test_text_that_looks_like_a_number_stays_text(types):
    assert rows(types, "SELECT a_string FROM everything WHERE id = 2") == [("042",)]


def test_records_of_shared_ids_are_listed_with_label_and_row(library):
    found = rows(library, "SELECT * FROM _records WHERE id IN ('ada', 'atlas') ORDER BY id")
    assert found[0] == ("people", "ada", "Ada Reader", 2)
    assert (found[1][0], found[1][1], found[1][3]) == ("books", "atlas", 4)


def test_a_resource_without_shared_ids_has_no_records(library):
    assert rows(library, "SELECT * FROM _records WHERE resource = 'codes'") == []


def test_dates_have_bounds_and_a_label(library):
    sql = "SELECT edtf_earliest('2024-02'), edtf_latest('2024-02'), edtf_label('2024-02')"
    assert rows(library, sql) == [("2024-02-01", "2024-02-29", "February 2024")]


@pytest.mark.parametrize("text", ["NULL", "'nonsense'"])
def test_what_is_no_date_has_no_bounds(library, text):
    assert rows(library, f"SELECT edtf_earliest({text}), edtf_latest({text})") == [(None, None)]


def test_a_code_has_its_label(library):
    sql = "SELECT code_label('genre', 'novel'), code_label('genre', 'x'), code_label('x', 'novel')"
    assert rows(library, sql) == [("Novel", None, None)]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM people",
        "INSERT INTO people (person_id) VALUES ('x')",
        "UPDATE people SET name = 'x'",
        "DROP TABLE people",
        "CREATE TABLE x (y)",
        "ATTACH 'other.db' AS other",
        "PRAGMA journal_mode",
        "BEGIN",
        "SELECT load_extension('x')",
        "SELECT random()",
        "SELECT current_timestamp",
        "SELECT date('now')",
        "SELECT date(CAST('NOW' AS BLOB))",
        "SELECT date('now' || char(0))",
        "SELECT time()",
        "SELECT strftime('%s')",
        "SELECT strftime('%s', 'now')",
        "SELECT julianday()",
        "SELECT unixepoch('subsec')",
        "SELECT datetime('now', 'localtime')",
        "SELECT datetime('2024-06-19', 'LocalTime')",
        "SELECT datetime('2024-06-19', 'utc')",
        "SELECT changes()",
        "SELECT total_changes()",
        "SELECT last_insert_rowid()",
        "SELECT sqlite_source_id()",
        "SELECT sqlite_compileoption_get(0)",
        "SELECT sqlite_compileoption_used('X')",
        "SELECT 1; SELECT 2",
        "SELECT nothing FROM nowhere",
        "no SQL at all",
        "SELECT ?",
        "SELECT 'a\0b'",
        "SELECT zeroblob(2000000000)",
    ],
)
def test_sql_that_is_wrong_or_does_more_than_read_is_refused(library, sql):
    with pytest.raises(Refusal) as refusal:
        database.select(library, sql, "rules/bad.sql")
    assert codes(refusal) == ["sql"]
    assert refusal.value.issues[0].file == "rules/bad.sql"
    assert rows(library, "SELECT count(*) FROM people") == [(3,)]


def test_the_present_time_is_refused_with_a_reason(library):
    for _ in range(2):
        with pytest.raises(Refusal) as refusal:
            rows(library, "SELECT date('now')")
        assert "present time" in refusal.value.issues[0].message
    with pytest.raises(Refusal) as refusal:
        rows(library, "SELECT nothing FROM people")
    assert "nothing" in refusal.value.issues[0].message


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("date('2024-06-19', '+1 day')", "2024-06-20"),
        ("date('2024-02-29', 'start of month', '-1 day')", "2024-01-31"),
        ("datetime('2024-06-19 18:30')", "2024-06-19 18:30:00"),
        ("time('18:30')", "18:30:00"),
        ("julianday('2024-06-20') - julianday('2024-06-19')", 1.0),
        ("unixepoch('1970-01-02')", 86400),
        ("strftime('%Y', '2024-06-19')", "2024"),
        ("date(NULL)", None),
        ("date('no date')", None),
    ],
)
def test_times_of_the_data_can_be_reckoned_with(library, call, expected):
    assert rows(library, f"SELECT {call}") == [(expected,)]


@pytest.mark.parametrize("sql", ["", "-- only a comment"])
def test_a_file_without_a_query_is_refused(library, sql):
    with pytest.raises(Refusal) as refusal:
        database.select(library, sql, "empty.sql")
    assert codes(refusal) == ["sql-empty"]


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "


def test_a_query_without_an_end_is_stopped(library, monkeypatch):
    monkeypatch.setattr(database, "MOST_LOOKS", 2)
    with pytest.raises(Refusal) as refusal:
        database.select(library, ENDLESS + "SELECT max(i) FROM n", "endless.sql")
    assert codes(refusal) == ["sql-endless"]
    assert rows(library, "SELECT count(*) FROM people") == [(3,)]


def test_more_rows_than_a_sheet_holds_are_refused(library, monkeypatch):
    monkeypatch.setattr(database, "MOST_ROWS", 10)
    with pytest.raises(Refusal) as refusal:
        database.select(library, ENDLESS + "SELECT i FROM n", "long.sql")
    assert codes(refusal) == ["sql-rows"]


@pytest.mark.parametrize("column", ["zeroblob(400)", "printf('%400d', i)", "1, 2, 3, 4, 5, 6"])
def test_rows_too_large_to_hold_are_refused_before_all_are_fetched(library, monkeypatch, column):
    monkeypatch.setattr(database, "LARGEST_RESULT", 1_000)
    with pytest.raises(Refusal) as refusal:  # it has no end, and is stopped all the same
        database.select(library, ENDLESS + f"SELECT {column} FROM n", "large.sql")
    assert codes(refusal) == ["sql"]
    assert "MB" in refusal.value.issues[0].message


def test_a_resource_with_the_name_of_the_list_of_records_is_refused(tmp_path):
    path = write_package(tmp_path, [resource("_records", ["a"])], {"_records.csv": "a\n1\n"})
    with pytest.raises(Refusal) as refusal:
        database.connect(*opened(path))
    assert codes(refusal) == ["database-table"]
    assert refusal.value.issues[0].resource == "_records"


def test_fields_that_differ_only_in_capitals_are_refused_by_name(tmp_path):
    fields = [{"name": "a", "type": "string"}, {"name": "A", "type": "string"}]
    path = write_package(tmp_path, [resource("twice", fields)], {"twice.csv": "a,A\n1,2\n"})
    with pytest.raises(Refusal) as refusal:
        database.connect(*opened(path))
    assert codes(refusal) == ["database-table"]
    assert refusal.value.issues[0].resource == "twice"


def test_names_that_sql_uses_itself_are_allowed(tmp_path):
    fields = ["select", 'a "quoted" name', "rowid"]
    data = {"group.csv": 'select,"a ""quoted"" name",rowid\nx,y,z\n'}
    path = write_package(tmp_path, [resource("group", fields)], data)
    connection = database.connect(*opened(path))
    sql = 'SELECT _rowid_, "select", "a ""quoted"" name", rowid FROM "group"'
    assert rows(connection, sql) == [(2, "x", "y", "z")]
