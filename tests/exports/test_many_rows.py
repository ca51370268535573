"""Every format of a package whose rows lie on the disk: the same bytes, and bounded memory."""

from __future__ import annotations

import json
import tempfile
import tracemalloc
from functools import lru_cache

import pytest
from click.testing import CliRunner

from sheetpack import build, csvs, scratch, spool
from sheetpack.cli import main
from sheetpack.exports import FORMATS, parquet
from sheetpack.workbook import base, cells, data_sheet, reading_sheet, rows, sizes
from tests.exports.conftest import EVERY, ROOT, write_hard
from tests.faults.test_disk import small_disk
from tests.samples import PACKAGES, opened, resource, write_package

LIBRARY = PACKAGES / "workbook-library" / "datapackage.json"
SMALL = {
    (spool, "CHUNK"): 16,
    (scratch, "MOST_IN_MEMORY"): 1_000,
    (scratch, "PIECE"): 999,
    (csvs, "ROWS_A_PIECE"): 7,
    (cells, "ROWS_AT_ONCE"): 7,
    (base, "ROWS_AT_ONCE"): 7,
    (rows, "ROWS_A_CHUNK"): 7,
    (rows, "MOST_KNOWN"): 7,
}
VIEW = "SELECT r.id AS Record, r.words AS Words, r.day AS Day FROM records AS r ORDER BY r.id"


@pytest.fixture
def few_in_memory(monkeypatch):
    """Next to nothing is kept in memory; what is bounded anyway, at a smaller number."""
    for (module, name), value in SMALL.items():
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(base, "PIECE", 1_000)
    for module in (data_sheet, reading_sheet):
        monkeypatch.setattr(module, "MOST_LINKS", 1_000)
    for name in ("text_width", "_lines"):
        monkeypatch.setattr(sizes, name, lru_cache(7)(getattr(sizes, name).__wrapped__))


def contents(path) -> dict[str, bytes]:
    made, _ = build.products(*opened(path), EVERY)
    return {product.path.as_posix(): product.content for product in made}


@pytest.mark.parametrize("where", ["own", "library", "hard"])
def test_rows_on_the_disk_give_the_same_bytes(where, tmp_path, monkeypatch):
    path = {"own": ROOT, "library": LIBRARY}.get(where) or write_hard(tmp_path)
    in_memory = contents(path)
    for (module, name), value in SMALL.items():
        monkeypatch.setattr(module, name, value)
    assert contents(path) == in_memory


def test_rows_of_a_parquet_file_stand_together_in_groups(tmp_path, monkeypatch):
    from pyarrow.parquet import ParquetFile

    monkeypatch.setattr(parquet, "ROWS_A_GROUP", 100)
    made, _ = build.products(*opened(many(tmp_path, 250)), ["parquet"])
    for product in (each for each in made if each.path.suffix == ".parquet"):
        file = ParquetFile(product.made.file)
        groups = range(file.metadata.num_row_groups)
        assert [file.metadata.row_group(at).num_rows for at in groups] == [100, 100, 50]
        assert file.read().num_rows == product.rows == 250


@pytest.mark.parametrize(
    ("kind", "cells", "expected"),
    [
        ("integer", ["1", "2", "", "9" * 30], "string"),
        ("integer", ["", "", "3", "4"], "int64"),
        ("number", ["1.5", "", "2", "3"], "double"),
        ("date", ["2024-01-01", "", "", "2024-01-02"], "date32[day]"),
        ("datetime", ["2024-01-01T10:00:00Z", "", "", "2024-01-01T10:00:00"], "string"),
        (
            "datetime",
            ["2024-01-01T10:00:00Z", "", "", "2024-01-01T11:00:00Z"],
            "timestamp[us, tz=UTC]",
        ),
        ("datetime", ["", "", "", ""], "timestamp[us]"),
        ("boolean", ["", "", "true", ""], "bool"),
        ("year", ["2024", "", "2025", ""], "int64"),
    ],
)
def test_the_type_of_a_parquet_column_fits_the_values_of_all_groups(
    kind, cells, expected, tmp_path, monkeypatch
):
    from pyarrow import parquet as reader

    monkeypatch.setattr(parquet, "ROWS_A_GROUP", 2)
    fields = [
        "id",
        {"name": "value", "type": kind, "format": "any"}
        if "date" in kind
        else {"name": "value", "type": kind},
    ]
    data = "id,value\n" + "".join(f"{at},{cell}\n" for at, cell in enumerate(cells))
    path = write_package(tmp_path, [resource("t", fields, ["id"])], {"t.csv": data})
    made, _ = build.products(*opened(path), ["parquet"])
    (file,) = [product.made.file for product in made if product.path.suffix == ".parquet"]
    found = reader.read_table(file)
    assert str(found.schema.field("value").type) == expected
    assert found.column("value").null_count == cells.count("")


def many(folder, count):
    """A package of so many records, each linked from a view, and of as many rows about them."""
    folder.mkdir(exist_ok=True)
    records = resource(
        "records",
        ["id", "words", {"name": "day", "type": "date"}],
        ["id"],
        sheetpack={"sharedIds": True},
    )
    about = resource(
        "about",
        ["id", "record", {"name": "size", "type": "integer"}],
        ["id"],
        schema={
            "foreignKeys": [
                {"fields": ["record"], "reference": {"resource": "records", "fields": ["id"]}}
            ]
        },
    )
    data = {
        "records.csv": "id,words,day\n"
        + "".join(f"r{at:05},some words {at},2024-01-01\n" for at in range(count)),
        "about.csv": "id,record,size\n"
        + "".join(f"a{at:05},r{at:05},{at}\n" for at in range(count)),
        "view.sql": VIEW,
    }
    views = [{"name": "view", "path": "view.sql", "title": "View", "link": "Record"}]
    return write_package(folder, [records, about], data, {"views": views})


def peak(path, name) -> int:
    """The most memory that is taken at once while one format is made of a package."""
    package, tables = opened(path)
    tracemalloc.start()
    try:
        build.products(package, tables, [name])
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.usefixtures("few_in_memory")
@pytest.mark.parametrize("name", FORMATS)
def test_four_times_the_rows_take_little_more_memory(name, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "ROWS_A_GROUP", 100)
    paths = [many(tmp_path / str(count), count) for count in (1_500, 6_000)]
    for path in paths:  # for this format alone, and with what is loaded once
        described = json.loads(path.read_text("utf-8"))
        described["sheetpack"]["exports"] = [name]
        path.write_text(json.dumps(described), "utf-8")
        peak(many(tmp_path / "first", 10), name)
    few, four_times = (peak(path, name) for path in paths)
    assert four_times < few * 1.3 + 100_000


@pytest.mark.parametrize("name", FORMATS)
def test_where_there_is_no_room_for_what_is_made_one_sentence_says_so(name, tmp_path, monkeypatch):
    path = many(tmp_path / "package", 3_000)
    built = CliRunner().invoke(main, ["build", "--package", str(path), "--quiet"])
    assert built.exit_code == 0
    before = {each: each.read_bytes() for each in path.parent.rglob("*") if each.is_file()}
    for constant, value in {**SMALL, (spool, "CHUNK"): 100_000}.items():
        monkeypatch.setattr(*constant, value)
    with small_disk(tmp_path / "disk", "16k"):
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "disk"))
        arguments = ["build", "--package", str(path), "--export", name, "--format", "json"]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 2, result.output
        (issue,) = json.loads(result.stdout)["issues"]
        assert issue["code"] in ("system", "export-sqlite")
        assert "No space left" in result.output or "disk is full" in result.output
        assert not list((tmp_path / "disk").iterdir())
    assert before == {each: each.read_bytes() for each in path.parent.rglob("*") if each.is_file()}
