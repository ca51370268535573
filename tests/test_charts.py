"""Which charts a descriptor asks for, and why one cannot be drawn."""

from __future__ import annotations

import pytest

from sheetpack import charts, views
from tests.samples import opened, resource, write_package

NUMBERS = 'SELECT \'a\' AS "Kind", 1 AS "Many", 2.5 AS "Much" UNION ALL SELECT \'b\', 3, NULL'


def found(folder, *wanted, sql=NUMBERS, level="warning", **metadata):
    settings = {"views": [{"name": "counts", "path": "counts.sql", "outputs": []}]}
    fields = [{"name": "year", "type": "year"}, {"name": "price", "type": "number"}]
    data = {"prices.csv": "year,price\n2023,1.50\n2024,2\n", "counts.sql": sql}
    package, tables = opened(
        write_package(
            folder, [resource("prices", fields)], data, settings, views=list(wanted), **metadata
        )
    )
    return charts.find(package, tables, views.run(package, tables), level)


def simple(kind="bar", group="Kind", series=("Many",), **more):
    spec = {"type": kind, "group": group, "series": list(series)}
    wanted = {"name": "one", "resources": ["counts"], "specType": "simple", "spec": spec}
    return wanted | more


def problem(folder, wanted, **more):
    drawn, problems = found(folder, wanted, **more)
    assert drawn == []
    (one,) = problems
    return one


def test_a_package_without_charts_gives_none(tmp_path):
    assert found(tmp_path) == ([], [])


def test_a_chart_takes_its_group_and_its_series_in_the_order_of_the_descriptor(tmp_path):
    (chart,), problems = found(tmp_path, simple(series=["Much", "Many"], title="How many"))
    assert problems == []
    assert (chart.title, chart.kind) == ("How many", "bar")
    assert chart.headers == ("Kind", "Much", "Many")
    assert chart.rows == (("a", 2.5, 1), ("b", None, 3))


@pytest.mark.parametrize(
    ("kind", "drawn"),
    [("bar", "bar"), ("line", "line"), ("lines-and-points", "line"), ("pie", "pie")],
)
def test_the_kinds_of_the_convention_are_drawn(tmp_path, kind, drawn):
    (chart,), _ = found(tmp_path, simple(kind))
    assert chart.kind == drawn


def test_a_table_shows_all_columns_as_they_are(tmp_path):
    (chart,), _ = found(tmp_path, {"name": "t", "resources": ["counts"], "specType": "table"})
    assert (chart.kind, chart.headers) == ("table", ("Kind", "Many", "Much"))


def test_a_chart_may_be_drawn_from_a_resource(tmp_path):
    wanted = simple("line", "year", ["price"], resources=["prices"])
    (chart,), problems = found(tmp_path, wanted)
    assert problems == []
    assert chart.resource.name == "prices"
    assert [float(row[1]) for row in chart.rows] == [1.5, 2.0]


def test_where_no_resource_and_no_kind_of_spec_is_named_the_convention_decides(tmp_path):
    spec = {"type": "line", "group": "year", "series": ["price"]}
    (chart,), _ = found(tmp_path, {"spec": spec})
    assert (chart.name, chart.resource.name) == ("chart-1", "prices")


@pytest.mark.parametrize(
    ("wanted", "code", "told"),
    [
        (simple("donut"), "chart-kind", "donut"),
        (simple(specType="vega"), "chart-kind", "vega"),
        ("nonsense", "chart-kind", "nonsense"),
        (simple(resources=["count"]), "chart-source", "“counts”"),
        (simple(resources=[{"name": "counts"}]), "chart-source", "counts"),
        (simple(group="Sort"), "chart-column", "Sort"),
        (simple(series=["Man"]), "chart-column", "“Many”"),
        (simple(spec={"type": "bar", "group": "Kind"}), "chart-series", "0"),
        (simple("pie", series=["Many", "Much"]), "chart-series", "2"),
        (simple(group="Many", series=["Kind"]), "chart-number", "show a in"),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_told_with_the_reason(tmp_path, wanted, code, told):
    # A package whose own settings are fine stays valid all the same.
    one = problem(tmp_path, wanted)
    assert (one.code, one.level, one.file) == (code, "warning", "datapackage.json")
    assert told in one.message + one.hint


def test_a_chart_without_rows_is_told(tmp_path):
    sql = 'SELECT 1 AS "Kind", 1 AS "Many" WHERE 0'
    assert problem(tmp_path, simple(), sql=sql).code == "chart-empty"


def test_a_table_that_is_not_small_is_told_with_its_size(tmp_path):
    sql = """WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 101)
    SELECT i AS "Kind", i AS "Many" FROM n"""
    one = problem(tmp_path, simple(), sql=sql)
    assert one.code == "chart-size"
    assert "101" in one.message


def test_one_chart_that_fails_does_not_take_the_others_along(tmp_path):
    drawn, problems = found(tmp_path, simple("donut"), simple())
    assert ([chart.name for chart in drawn], len(problems)) == (["one"], 1)


def test_in_a_strict_package_it_is_an_error(tmp_path):
    assert problem(tmp_path, simple("donut"), level="error").level == "error"


def test_a_table_of_a_resource_holds_what_its_cells_hold(tmp_path):
    wanted = {"name": "t", "resources": ["prices"], "specType": "table"}
    (chart,), problems = found(tmp_path, wanted)
    assert (problems, chart.resource) == ([], None)
    assert chart.headers == ("year", "price")
    assert chart.rows == ((2023, 1.5), (2024, 2))


def test_numbers_of_every_kind_can_be_added_up_and_infinite_ones_are_left_out(tmp_path):
    fields = [
        {"name": "year", "type": "year"},
        {"name": "price", "type": "number"},
        {"name": "weight", "type": "number", "floatNumber": True},
        {"name": "count", "type": "integer"},
    ]
    data = {"t.csv": f"year,price,weight,count\n2023,NaN,1.5,1{'0' * 400}\n2024,2.5,INF,1\n"}
    wanted = simple(group="year", series=["price", "weight", "count"], resources=["t"])
    package, tables = opened(write_package(tmp_path, [resource("t", fields)], data, views=[wanted]))
    (chart,), _ = charts.find(package, tables, [], "error")
    assert [row[1:] for row in chart.rows] == [(None, 1.5, None), (2.5, None, 1)]
    assert sum(value for row in chart.rows for value in row[1:] if value) == 5
