"""What the page says of a package too large for a workbook is so, on a small multiple."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict

import pytest

from tests.loads.conftest import cells, shell
from tests.loads.multiply import ROOT, multiply
from tests.loads.page import DOCS, box
from tests.loads.sizes import COLUMNS

PAGE = "beyond-a-workbook.md"
TIMES = 10  # as the page has it


@pytest.fixture(scope="module")
def big(place):
    """The folder in which the package is there ten times over, made as the page says."""
    pytest.importorskip("pyarrow")
    shell(box(PAGE, "The same package as Parquet", "sh"), place)
    return place


@pytest.fixture
def there(big, monkeypatch):
    monkeypatch.chdir(big)
    return big


@pytest.fixture(scope="module")
def duckdb():
    return pytest.importorskip("duckdb")


def counted(folder):
    """Short name of a source → how many citations and how many records, by the CSVs."""
    sources = dictionaries(folder, "sources")
    names = {source["source_id"]: source["short_name"] for source in sources}
    found = defaultdict(list)
    for citation in dictionaries(folder, "citations"):
        found[names[citation["source_id"]]].append(citation["record_id"])
    return sorted((name, len(records), len(set(records))) for name, records in found.items())


def dictionaries(folder, name):
    header, *rows = cells(folder, name)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_a_multiple_has_every_row_so_many_times_and_no_two_ids_the_same(tmp_path):
    multiply(3, tmp_path)
    for name in ("actors", "events", "citations"):
        assert len(cells(tmp_path, name)) - 1 == 3 * (len(cells(ROOT, name)) - 1)
    ids = [event["event_id"] for event in dictionaries(tmp_path, "events")]
    assert len(ids) == len(set(ids))
    assert cells(tmp_path, "codes") == cells(ROOT, "codes")


def test_a_multiple_is_valid_and_its_copies_refer_to_copies(tmp_path):
    path = multiply(2, tmp_path)
    assert "no problem" in shell(f"sheetpack validate {path}", tmp_path)
    shell(f"frictionless validate {path}", tmp_path)
    events = {event["event_id"]: event for event in dictionaries(tmp_path, "events")}
    copies = [event for name, event in events.items() if name.endswith("-2") and event["part_of"]]
    assert copies
    assert all(event["part_of"].endswith("-2") for event in copies)


def test_duckdb_answers_as_the_csvs_do(there, duckdb):
    answer = duckdb.sql(box(PAGE, "DuckDB", "sql")).fetchall()
    assert sorted(answer) == counted(there / "big")
    assert sum(row[1] for row in answer) == TIMES * (len(cells(ROOT, "citations")) - 1)


def test_duckdb_finds_references_that_lead_nowhere(there, duckdb):
    check = box(PAGE, "DuckDB", "sql", 2)
    assert duckdb.sql(check).fetchall() == []
    (there / "less").mkdir(exist_ok=True)
    duckdb.sql(
        "COPY (SELECT * FROM 'big/dist/parquet/sources.parquet' WHERE source_id <> 'zamir-2024-2')"
        " TO 'less/sources.parquet'"
    )
    lost = duckdb.sql(check.replace("big/dist/parquet/sources", "less/sources")).fetchall()
    known = {source["source_id"] for source in dictionaries(there / "big", "sources")}
    missing = [
        citation
        for citation in dictionaries(there / "big", "citations")
        if citation["source_id"] == "zamir-2024-2"
    ]
    assert "zamir-2024-2" in known
    assert len(lost) == len(missing) > 0


def test_spark_answers_as_duckdb_does(there, duckdb):
    pytest.importorskip("pyspark")
    if not shutil.which("java"):
        pytest.skip("Java is not installed")
    duckdb.sql(box(PAGE, "DuckDB", "sql", 3))
    names: dict = {}
    exec(box(PAGE, "Spark", "python"), names)
    try:
        answer = sorted(tuple(row) for row in names["answer"].collect())
        assert answer == counted(there / "big")
        exec(box(PAGE, "Spark", "python", 2), names)
        header = cells(there / "big", "citations")[0]
        read = sorted(
            tuple(str(row[name]) for name in header) for row in names["citations"].collect()
        )
        assert read == sorted(map(tuple, cells(there / "big", "citations")[1:]))
    finally:
        names["spark"].stop()


def test_duckdb_reads_the_parts_as_one_table(there, duckdb):
    duckdb.sql(box(PAGE, "DuckDB", "sql", 3))
    sources = len({citation["source_id"] for citation in dictionaries(there / "big", "citations")})
    assert len(list((there / "big/citations").iterdir())) == sources
    answer = duckdb.sql(
        "SELECT count(*), count(DISTINCT source_id) FROM 'big/citations/*/*.parquet'"
    )
    assert answer.fetchall() == [(len(cells(there / "big", "citations")) - 1, sources)]


def test_the_command_that_measures_prints_the_table_of_the_page(place):
    """The whole table takes minutes; this is its first row, and one more."""
    command = box(PAGE, "How far a workbook goes", "sh")
    command = re.sub(r"sizes [\d ]+", "sizes 1 2", command)
    printed = shell(command, place).splitlines()
    page = (DOCS / PAGE).read_text(encoding="utf-8").splitlines()
    assert f"| {' | '.join(COLUMNS)} |" in page
    assert printed[0] in page
    (told,) = [line for line in page if line.startswith("| 1 |")]
    for now, then in zip(numbers(printed[2]), numbers(told), strict=True):
        # The data may be corrected without measuring anew, but not double.
        assert then * 0.6 <= now <= then * 1.5


def numbers(line):
    """What does not depend on the machine and on what is installed there: rows and sizes."""
    return [float(cell.replace(",", "")) for cell in line.strip("| ").split(" | ")[1:7]]
