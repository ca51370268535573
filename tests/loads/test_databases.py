"""The recipes for databases give every cell, and what breaks the contract is refused there."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.loads.conftest import (
    DESCRIPTOR,
    NAMES,
    PATIENCE,
    cells,
    ended,
    environment,
    plant_atlantis,
    run,
    shell,
    typed,
)
from tests.loads.page import box

PAGE = "load-it.md"
NUMBERS = {"boolean": lambda text: int(text == "true"), "date": str}  # as SQLite has them
DEBIAN = Path("/usr/lib/postgresql")  # where Debian has the programs of PostgreSQL, by version


def of(code: str, name: str) -> str:
    return code.replace("events", name)


def booleans(name: str) -> list[str]:
    (resource,) = [each for each in DESCRIPTOR["resources"] if each["name"] == name]
    return [field["name"] for field in resource["schema"]["fields"] if field["type"] == "boolean"]


def written(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


# SQLite


@pytest.mark.parametrize("name", NAMES)
def test_sqlite_gives_every_cell_to_python(there, name):
    names = run(of(box(PAGE, "SQLite", "python"), name))
    with closing(names["connection"]):
        assert names[name] == [tuple(row.values()) for row in typed(there, name, **NUMBERS)]


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="the command sqlite3 is not installed")
@pytest.mark.parametrize("name", NAMES)
def test_the_command_of_sqlite_prints_every_cell(there, name):
    printed = written(shell(of(box(PAGE, "SQLite", "sh"), name), there))
    read = {"number": lambda text: str(float(text)), **NUMBERS}
    wanted = [
        {column: "" if cell is None else str(cell) for column, cell in row.items()}
        for row in typed(there, name, **read)
    ]
    assert printed == wanted


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE events SET place_id = 'atlantis' WHERE rowid = 1", "FOREIGN KEY"),
        ("UPDATE events SET title = NULL WHERE rowid = 1", "NOT NULL"),
        ("UPDATE events SET event_id = (SELECT max(event_id) FROM events)", "UNIQUE"),
    ],
)
def test_sqlite_refuses_what_breaks_the_contract(there, statement, reason):
    with closing(run(box(PAGE, "SQLite", "python"))["connection"]) as connection:
        with pytest.raises(sqlite3.IntegrityError, match=reason):
            connection.execute(statement)
            connection.commit()
        connection.rollback()


# Datasette


@pytest.fixture(scope="module")
def address(place):
    """Where a real server shows the folder."""
    pytest.importorskip("datasette")
    command = box(PAGE, "Datasette", "sh").strip() + " --port 0"  # any port that is free
    process = subprocess.Popen(
        command.split(),
        cwd=place,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with ended(process):
        for line in process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                yield found[0]
                break
        else:
            pytest.fail("Datasette did not say where it is")


def fetch(address: str) -> str:
    with urlopen(address, timeout=PATIENCE) as answer:
        return answer.read().decode()


@pytest.mark.parametrize("name", NAMES)
def test_datasette_serves_every_cell(address, place, name):
    rows = written(fetch(f"{address}/putin-kim-summit-2024/{name}.csv?_stream=1"))
    wanted = [
        {column: "" if cell is None else str(cell) for column, cell in row.items()}
        for row in typed(place, name, **NUMBERS)
    ]
    assert sorted(map(str, rows)) == sorted(map(str, wanted))


def test_datasette_shows_a_page_with_the_words_of_the_descriptor(address):
    page = fetch(f"{address}/putin-kim-summit-2024/events")
    assert page.startswith("<!DOCTYPE html>")
    (events,) = [each for each in DESCRIPTOR["resources"] if each["name"] == "events"]
    assert events["description"] in page.replace("&#39;", "'")
    assert "Zoë Ångström, 平壌 🚗" in page
    assert DESCRIPTOR["licenses"][0]["title"] in page


# PostgreSQL


def program(name: str) -> str | None:
    """A program of PostgreSQL; Debian keeps those of the server out of the way."""
    found = sorted(DEBIAN.glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="module")
def server():
    """The variables under which a real server of our own is found, with one empty database."""
    pytest.importorskip("psycopg")
    pytest.importorskip("sqlalchemy")
    if not all(program(name) for name in ("initdb", "postgres", "psql")):
        pytest.skip("PostgreSQL is not installed")
    # Not in a folder of pytest's, which is nobody else's to enter. A short name, as a socket
    # has no room for a long one.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    who = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to be run by the administrator
        shutil.chown(folder, "nobody")
        who = {"user": "nobody"}
    data, log = folder / "data", folder / "log"
    run_in = {"cwd": folder, "check": True, "capture_output": True, "timeout": PATIENCE} | who
    try:
        initial = ["--username", "reader", "--auth", "trust", "--encoding", "UTF8", "--no-sync"]
        subprocess.run([program("initdb"), "--pgdata", str(data), *initial], **run_in)
        control = [program("pg_ctl"), "--pgdata", str(data), "--wait"]
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        start = [*control, "--log", str(log), "--options", options, "start"]
        subprocess.run(start, **run_in | {"capture_output": False, "stdout": subprocess.DEVNULL})
        try:
            yield {"PGHOST": str(folder), "PGUSER": "reader", "PGDATABASE": "postgres"}
        finally:
            subprocess.run([*control, "--mode", "immediate", "stop"], **run_in)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def load(server, monkeypatch):
    """Run the recipe against a database that is empty."""
    for name, value in server.items():
        monkeypatch.setenv(name, value)
    psql("DROP DATABASE IF EXISTS summit WITH (FORCE)")
    psql("CREATE DATABASE summit")
    names: dict = {}
    try:
        names = run(box(PAGE, "PostgreSQL", "python"))
    finally:
        if "engine" in names:
            names["engine"].dispose()


def psql(command: str, database: str = "postgres") -> str:
    line = [program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", command]
    done = subprocess.run(line, capture_output=True, text=True, timeout=PATIENCE)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def test_postgresql_holds_every_cell_and_refuses_what_breaks_the_contract(
    server, there, monkeypatch
):
    load(server, monkeypatch)
    for name in NAMES:
        rows = written(psql(f"COPY {name} TO STDOUT (FORMAT csv, HEADER)", "summit"))
        header, *wanted = cells(there, name)
        wanted = [dict(zip(header, row, strict=True)) for row in wanted]
        for row in wanted:
            for column in booleans(name):
                row[column] = row[column][:1]
        assert rows == wanted
    kinds = written(
        psql(
            "COPY (SELECT column_name, data_type FROM information_schema.columns WHERE"
            " table_schema = 'public') TO STDOUT (FORMAT csv, HEADER)",
            "summit",
        )
    )
    by_name = {kind["column_name"]: kind["data_type"] for kind in kinds}
    assert (by_name["date_earliest"], by_name["paragraph"]) == ("date", "integer")
    assert (by_name["named"], by_name["latitude"], by_name["cameo"]) == (
        *("boolean", "numeric", "text"),
    )
    refused = {
        "UPDATE events SET place_id = 'atlantis'": "foreign key",
        "DELETE FROM actors WHERE actor_id = 'vladimir-putin'": "foreign key",
        "UPDATE events SET title = NULL": "not-null",
        "UPDATE events SET event_id = 'one'": "unique",
        "UPDATE events SET status = 'perhaps'": "invalid input value for enum",
        "UPDATE citations SET paragraph = 0": "check constraint",
        "UPDATE places SET latitude = 91": "check constraint",
    }
    for statement, reason in refused.items():
        with pytest.raises(RuntimeError, match=reason):
            psql(statement, "summit")


def test_postgresql_loads_nothing_where_a_planted_row_breaks_the_contract(
    server, place, tmp_path, monkeypatch
):
    plant_atlantis(place, tmp_path)
    monkeypatch.chdir(tmp_path)
    psycopg = pytest.importorskip("psycopg")
    with pytest.raises(psycopg.errors.ForeignKeyViolation, match="atlantis"):
        load(server, monkeypatch)
    assert "0 rows" in psql("SELECT 1 FROM pg_tables WHERE schemaname = 'public'", "summit")
