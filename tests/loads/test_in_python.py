"""The recipes for Python's tables and graphs give every cell of the data."""

from __future__ import annotations

import csv
import subprocess
from decimal import Decimal

import pytest

from tests.loads.conftest import (
    HARD,
    NAMES,
    PATIENCE,
    cells,
    environment,
    plant_atlantis,
    run,
    shell,
    typed,
)
from tests.loads.page import box

PAGE = "load-it.md"

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
duckdb = pytest.importorskip("duckdb")
networkx = pytest.importorskip("networkx")


def of(code: str, name: str) -> str:
    """The recipe for another table; the pages all load `events`."""
    return code.replace("events", name)


def blank(rows):
    return [["" if cell is None else cell for cell in row] for row in rows]


def test_the_data_has_what_programs_are_known_to_spoil(place):
    header, *rows = cells(place, "events")
    assert [row[header.index("title")] for row in rows[: len(HARD)]] == list(HARD)
    assert any(row.count("") for row in rows)
    assert any("040" in row for row in cells(place, "codes"))


@pytest.mark.parametrize("name", NAMES)
def test_pandas_loads_every_cell_as_text(there, name):
    loaded = run(of(box(PAGE, "pandas", "python"), name))[name]
    assert [list(loaded.columns), *loaded.values.tolist()] == cells(there, name)


@pytest.mark.parametrize("name", NAMES)
def test_pandas_loads_every_cell_with_its_type(there, name):
    loaded = run(of(box(PAGE, "pandas", "python", 2), name))[name]
    plain = loaded.astype(object).where(loaded.notna(), None)
    assert plain.to_dict("records") == typed(there, name)


@pytest.mark.parametrize("name", NAMES)
def test_polars_loads_every_cell_as_text(there, name):
    loaded = run(of(box(PAGE, "polars", "python"), name))[name]
    assert [loaded.columns, *blank(loaded.rows())] == cells(there, name)


@pytest.mark.parametrize("name", NAMES)
def test_polars_loads_every_cell_with_its_type(there, name):
    loaded = run(of(box(PAGE, "polars", "python", 2), name))[name]
    assert loaded.to_dicts() == typed(there, name)


@pytest.mark.parametrize("name", NAMES)
def test_duckdb_loads_every_cell_as_text(there, name):
    answer = duckdb.sql(of(box(PAGE, "DuckDB", "sql"), name))
    assert [answer.columns, *blank(answer.fetchall())] == cells(there, name)


@pytest.mark.parametrize("name", NAMES)
def test_duckdb_loads_every_cell_with_its_type(there, name):
    answer = duckdb.sql(of(box(PAGE, "DuckDB", "sql", 2), name))
    loaded = [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]
    assert loaded == typed(there, name)


# Else the tests above would see no difference between a good recipe and a bad one.


@pytest.mark.parametrize("name", ["events", "codes"])
def test_pandas_loses_cells_that_are_not_kept_as_text(there, name):
    recipe = of(box(PAGE, "pandas", "python"), name)
    loaded = run(recipe.replace(", dtype=str, keep_default_na=False", ""))[name]
    assert blank(loaded.values.tolist()) != cells(there, name)[1:]


def test_polars_loses_cells_that_are_not_kept_as_text(there):
    recipe = of(box(PAGE, "polars", "python"), "codes")
    loaded = run(recipe.replace(", infer_schema=False", ""))["codes"]
    assert blank(loaded.rows()) != cells(there, "codes")[1:]


def test_duckdb_loses_cells_that_are_not_kept_as_text(there):
    query = of(box(PAGE, "DuckDB", "sql"), "codes")
    answer = duckdb.sql(query.replace(", all_varchar = true", ""))
    assert blank(answer.fetchall()) != cells(there, "codes")[1:]


def test_the_plain_frictionless_command_finds_no_fault(there):
    shell(box(PAGE, "frictionless", "sh"), there)


def test_the_plain_frictionless_command_finds_a_planted_fault(place, tmp_path):
    plant_atlantis(place, tmp_path)
    command = ["bash", "-c", box(PAGE, "frictionless", "sh")]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 1
    assert "atlantis" in done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_frictionless_reads_every_cell_with_its_type(there, name):
    rows = run(of(box(PAGE, "frictionless", "python"), name))[name]
    assert [row.to_dict() for row in rows] == typed(there, name, number=Decimal)


def test_networkx_makes_the_graph_of_the_data(there):
    graph = run(box(PAGE, "Gephi, networkx", "python"))["graph"]
    header, *ties = cells(there, "relationships")
    ties = [dict(zip(header, tie, strict=True)) for tie in ties]
    assert sorted(graph.edges(keys=True)) == sorted(
        (tie["from_id"], tie["to_id"], tie["relationship_id"]) for tie in ties
    )
    for tie in ties:
        edge = graph.edges[tie["from_id"], tie["to_id"], tie["relationship_id"]]
        assert edge["Type"] == ("Directed" if tie["directed"] == "true" else "Undirected")
    names = {actor["actor_id"]: actor["name"] for actor in typed(there, "actors")}
    with (there / "dist/csv/gephi-nodes.csv").open(encoding="utf-8", newline="") as file:
        nodes = list(csv.DictReader(file))
    assert {node["Id"] for node in nodes} == set(graph)
    for name, about in graph.nodes(data=True):
        assert about["Label"] == names[name]
