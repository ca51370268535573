"""The reading tables that a package's views give."""

from __future__ import annotations

import pytest

from sheetpack import views
from sheetpack.issue import Refusal
from sheetpack.views import NO_RECORD, Record
from tests.samples import PACKAGES, opened, resource, write_package


def package_with(folder, queries, **settings):
    """A package of one table, `things`, with one view a query; of ids that are shared."""
    listed = [
        {"name": name, "path": f"{name}.sql", "title": name.title()} | settings for name in queries
    ]
    data = {f"{name}.sql": sql for name, sql in queries.items()}
    things = resource("things", ["id", "name"], ["id"], sheetpack={"sharedIds": True})
    data |= {"things.csv": "id,name\na,Anvil\nb,Bell\n"}
    return opened(write_package(folder, [things], data, {"views": listed}))


def codes_of(package, tables):
    with pytest.raises(Refusal) as refusal:
        views.run(package, tables)
    return [issue.code for issue in refusal.value.issues]


def test_a_view_gives_human_headers_and_names_instead_of_ids():
    loans, _ = views.run(*opened(PACKAGES / "workbook-library"))
    assert loans.headers == ("Loan", "Day", "Reader", "Book", "Genre", "Published")
    assert loans.rows[0] == (
        "loan-1",
        "2024-06-19",
        "Ada Reader",
        "The Odyssey",
        "Poetry",
        "1614 to 1616",
    )
    assert [row[2] for row in loans.rows] == ["Ada Reader", "Ben Keeper", "not known"]


def test_the_linked_column_leads_to_the_row_of_the_record():
    loans, busiest = views.run(*opened(PACKAGES / "workbook-library"))
    assert list(loans.records) == [Record("loans", 2), Record("loans", 3), Record("loans", 4)]
    assert not busiest.records


def test_a_package_without_views_gives_none():
    assert views.run(*opened(PACKAGES / "workbook-types")) == []


def test_a_view_may_read_from_one_that_comes_later(tmp_path):
    queries = {"first": 'SELECT "N" * 2 AS "M" FROM second', "second": 'SELECT 1 AS "N"'}
    first, _ = views.run(*package_with(tmp_path, queries))
    assert first.rows == [(2,)]


def test_a_view_may_be_called_as_an_index_could_be(tmp_path):
    query = 'SELECT name AS "Name" FROM things'
    (found,) = views.run(*package_with(tmp_path, {"things by key 0": query}))
    assert list(found.rows) == [("Anvil",), ("Bell",)]


def test_an_id_that_no_record_has_leads_nowhere(tmp_path):
    queries = {"view": "SELECT id FROM things UNION ALL SELECT 'c' ORDER BY id"}
    (view,) = views.run(*package_with(tmp_path, queries, link="id"))
    assert list(view.records) == [Record("things", 2), Record("things", 3), NO_RECORD]


def test_a_view_that_is_not_utf8_is_named(tmp_path):
    package, tables = package_with(tmp_path, {"view": "SELECT 1 AS a"})
    (tmp_path / "view.sql").write_bytes("SELECT 'Käse' AS a".encode("latin-1"))
    assert codes_of(package, tables) == ["view-missing"]


def test_a_view_whose_file_went_away_is_named(tmp_path):
    package, tables = package_with(tmp_path, {"view": "SELECT 1 AS a"})
    (tmp_path / "view.sql").unlink()
    assert codes_of(package, tables) == ["view-missing"]


@pytest.mark.parametrize("columns", ["1 AS a, 2 AS A", '1 AS a, 2 AS " "'])
def test_headers_that_are_equal_or_blank_are_refused(tmp_path, columns):
    assert codes_of(*package_with(tmp_path, {"view": f"SELECT {columns}"})) == ["view-header"]


def test_bytes_are_no_value_for_people(tmp_path):
    assert codes_of(*package_with(tmp_path, {"view": "SELECT x'00' AS a"})) == ["view-value"]


def test_a_link_to_a_column_that_the_view_lacks_is_refused(tmp_path):
    package, tables = package_with(tmp_path, {"view": "SELECT 1 AS a"}, link="b")
    assert codes_of(package, tables) == ["view-link"]


def test_all_views_that_fail_are_told_together(tmp_path):
    queries = {"one": "SELECT x FROM nowhere", "two": "SELECT 1 AS a", "three": "SELECT x'' AS b"}
    assert codes_of(*package_with(tmp_path, queries)) == ["sql", "view-value"]


def test_views_that_read_from_each_other_in_a_circle_are_refused(tmp_path):
    queries = {"one": "SELECT * FROM two", "two": "SELECT * FROM one"}
    assert set(codes_of(*package_with(tmp_path, queries))) == {"sql"}


def test_a_view_cannot_take_the_name_of_a_table(tmp_path):
    assert codes_of(*package_with(tmp_path, {"things": "SELECT 1 AS a"})) == ["sql"]


def test_a_view_is_one_select_and_nothing_more(tmp_path):
    queries = {"view": "SELECT 1 AS a; DROP TABLE things"}
    assert codes_of(*package_with(tmp_path, queries)) == ["sql"]
