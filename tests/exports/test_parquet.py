"""Parquet files hold what the data holds, with types and words."""

from __future__ import annotations

import importlib.util
import io
from datetime import date, datetime

import pytest

from sheetpack import build, views
from sheetpack.issue import Refusal
from tests.exports.conftest import OWN, ROOT, own_cells, own_names, own_types, write_hard
from tests.samples import opened

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

READERS = {
    "integer": int,
    "number": float,
    "boolean": lambda text: text == "true",
    "date": date.fromisoformat,
}


def typed(name):
    types = own_types(name)
    return [
        {key: READERS.get(types[key], str)(text) if text else None for key, text in row.items()}
        for row in own_cells(name)
    ]


@pytest.mark.parametrize("name", own_names())
def test_every_cell_of_the_data_is_there(own, name):
    assert parquet.read_table(own / f"parquet/{name}.parquet").to_pylist() == typed(name)


@pytest.mark.parametrize("name", own_names())
def test_polars_reads_the_same(own, name):
    polars = pytest.importorskip("polars")
    assert polars.read_parquet(own / f"parquet/{name}.parquet").to_dicts() == typed(name)


@pytest.mark.parametrize("name", own_names())
def test_duckdb_reads_the_same(own, name):
    duckdb = pytest.importorskip("duckdb")
    path = (own / f"parquet/{name}.parquet").as_posix()
    answer = duckdb.sql(f"SELECT * FROM '{path}'")
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]
    assert rows == typed(name)


def test_views_have_files_too(own):
    for reading in views.run(*opened(ROOT)):
        path = own / f"parquet/{reading.view.name}.parquet"
        assert path.exists() == bool(reading.view.outputs)
        if path.exists():
            table = parquet.read_table(path)
            assert tuple(table.column_names) == reading.headers
            assert [tuple(row.values()) for row in table.to_pylist()] == reading.rows


@pytest.mark.parametrize("resource", OWN["resources"], ids=lambda one: one["name"])
def test_words_stand_beside_every_column(own, resource):
    schema = parquet.read_schema(own / f"parquet/{resource['name']}.parquet")
    assert schema.metadata[b"description"].decode() == resource["description"]
    for field in resource["schema"]["fields"]:
        column = schema.field(field["name"])
        assert column.metadata[b"title"].decode() == field["title"]
        assert column.metadata[b"description"].decode() == field["description"]
        assert column.nullable == (not field.get("constraints", {}).get("required", False))


def test_hard_cells_are_kept(hard):
    first, second, third = parquet.read_table(hard / "parquet/things.parquet").to_pylist()
    assert (first["code"], first["name"], first["month"]) == ("042", "Zoë Ångström", "2024-05")
    assert first["day"] == date(1949, 1, 31)
    assert first["at"] == datetime(2024, 6, 19, 18, 30)
    assert (first["price"], first["open"], first["long"]) == (1.1, True, "123456789012345678901")
    assert (first["span"], first["tags"]) == ("P1Y6M", '["é", 1]')
    assert [key for key, value in second.items() if value is None] == [
        *("code", "day", "month", "at", "price", "size", "span", "tags", "parent")
    ]
    assert third["name"] == "two\nlines"


def test_every_type_of_field_can_be_written(types):
    table = parquet.read_table(types / "parquet/everything.parquet")
    assert table.num_rows == 10
    assert table.schema.field("a_date").type == pyarrow.date32()
    assert table.schema.field("a_boolean").type == pyarrow.bool_()
    assert table.schema.field("a_string").type == pyarrow.string()
    assert table.column("a_string").to_pylist()[1] == "042"


def test_without_its_library_a_build_says_what_to_install(tmp_path, monkeypatch):
    package = opened(write_hard(tmp_path))
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "pyarrow" else found(name)
    )
    with pytest.raises(Refusal) as refused:
        build.products(*package, ["parquet"])
    (issue,) = refused.value.issues
    assert issue.code == "export-needs"
    assert "sheetpack[parquet]" in issue.hint
    build.products(*package, ["json"])


def test_a_file_written_otherwise_is_the_same(tmp_path):
    made, _ = build.products(*opened(write_hard(tmp_path)), ["parquet"])
    (product,) = [each for each in made if each.path.suffix == ".parquet"]
    table = parquet.read_table(io.BytesIO(product.content))

    def written(table):
        file = io.BytesIO()
        parquet.write_table(table, file, compression="none")
        return file

    assert written(table).getvalue() != product.content
    assert product.differing(product.made.file, written(table)) == []
    assert product.differing(product.made.file, written(table.slice(1))) != []
    with pytest.raises(OSError):
        product.differing(product.made.file, io.BytesIO(b"no parquet"))
