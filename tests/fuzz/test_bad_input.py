"""No input ends in a crash, a hang, or a changed file: those of chance, and those once found."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import figures, inputs, seeds
from tests.fuzz.trying import WORKBOOK, Trier, put, tried

FINDINGS = sorted(path for path in figures.FINDINGS.iterdir() if path.is_dir())
SECONDS = 8  # for each kind; longer by `make fuzz`


@pytest.fixture(scope="module")
def trier():
    trier = Trier()
    yield trier
    trier.close()


@pytest.mark.parametrize("kind", inputs.KINDS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(random=st.randoms(use_true_random=False))
def test_whatever_is_given_ends_in_words_and_loses_nothing(kind, random, trier, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tried") / "one"
    assert trier(folder, inputs.made(kind, random)).faults == []


@pytest.mark.parametrize("kind", inputs.KINDS)
def test_a_search_for_lines_that_nothing_reached_finds_no_fault(kind, tmp_path):
    pytest.importorskip("atheris", reason="atheris is not installed (it is for Linux)")
    count = figures.guided(kind, SECONDS, tmp_path)
    assert count.faults == []
    assert count.tried


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.name)
def test_what_was_found_once_is_mended(path, trier, tmp_path):
    finding = tomllib.loads((path / "finding.toml").read_text("utf-8"))
    assert finding.keys() == {"given", "happened", "now", "verdict"}
    result = trier(tmp_path / "one", seeds.files_of(path / "package"))
    assert (result.faults, result.verdict) == ([], finding["verdict"])


# --- is a fault seen where there is one? ---


@pytest.fixture
def spoilt(tmp_path):
    """An input that is valid, in a folder where it can be tried."""
    put(tmp_path, seeds.packages()["workbook-small"])
    return tmp_path


def test_an_input_that_is_valid_has_no_fault(spoilt):
    result = tried(spoilt)
    assert (result.verdict, result.faults) == ("valid", [])


def test_a_fault_of_the_engine_is_seen(spoilt, monkeypatch):
    monkeypatch.setattr("sheetpack.checks.check", lambda package, tables: 1 / 0)
    faults = tried(spoilt).faults
    assert [fault.partition(":")[0] for fault in faults] == ["validate", "build"]
    assert all("ZeroDivisionError" in fault for fault in faults)


def test_a_file_that_is_changed_by_a_command_that_only_reads_is_seen(spoilt, monkeypatch):
    lost = next((spoilt / "package").rglob("*.csv"))
    monkeypatch.setattr("sheetpack.checks.check", lambda package, tables: lost.unlink() or [])
    faults = tried(spoilt).faults
    assert any(fault.startswith("validate: files were changed") for fault in faults)


def test_a_value_that_formatting_changes_is_seen(spoilt, monkeypatch):
    file = next((spoilt / "package").rglob("*.csv"))
    changed = {file: file.read_bytes().replace(b"\n", b"\n0", 2)}
    monkeypatch.setattr("sheetpack.formatting.changes", lambda package: changed)
    assert "format: values were changed" in tried(spoilt).faults


@pytest.mark.parametrize(
    ("harm", "signal"),
    [
        ("while True: pass", "SIGXCPU"),
        ("import time; time.sleep(9)", "SIGALRM"),
        ("import os; os.kill(os.getpid(), 9)", "SIGKILL"),
    ],
)
def test_a_hang_and_a_crash_are_seen(harm, signal, spoilt, monkeypatch):
    from tests.fuzz import trying

    monkeypatch.setattr(trying, "SECONDS", 1)
    monkeypatch.setattr(trying, "WAITING", 3)
    monkeypatch.setattr("sheetpack.checks.check", lambda package, tables: exec(harm))
    assert trying.in_own_process(spoilt).faults == [f"stopped by {signal}"]


def test_memory_without_end_is_seen(spoilt, monkeypatch):
    from tests.fuzz import trying

    monkeypatch.setattr(trying, "MEGABYTES", 4_096)
    monkeypatch.setattr("sheetpack.checks.check", lambda package, tables: bytearray(1 << 33))
    assert any("MemoryError" in fault for fault in trying.in_own_process(spoilt).faults)


def test_the_same_choices_give_the_same_input():
    for kind in inputs.KINDS:
        assert inputs.made(kind, Random(1)) == inputs.made(kind, Random(1))


def test_an_input_differs_from_what_it_was_made_of():
    packages = seeds.packages()
    for number in range(20):
        files = inputs.made("descriptors", Random(number))
        assert files not in packages.values()
        assert WORKBOOK in inputs.made("workbooks", Random(number))


# --- the page ---

PAGE = (Path(__file__).parents[2] / "docs/bad-input.md").read_text("utf-8")


def test_the_page_is_one_that_the_command_wrote():
    rows = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
    counted = [row for row in rows if row[0] in figures.WORDS.values()]
    assert PAGE.startswith(figures.HEAD)
    assert {(row[0], row[1]) for row in counted} == {
        (words, how) for words in figures.WORDS.values() for how in ("at random", "guided")
    }
    for row in counted:
        total, *parts, faults = [int(cell.replace(",", "")) for cell in row[2:7]]
        assert (total, faults) == (sum(parts), 0)


def test_the_page_tells_of_every_finding():
    assert PAGE.endswith("\n".join([*figures.found(), ""]))
    assert len(FINDINGS) == len(list(figures.found())) - 6


def test_a_fault_is_told_its_input_is_kept_and_the_page_left_alone(tmp_path, monkeypatch):
    def faulty(kind, seconds, first, folder):
        return figures.Count(kind, "at random", faults=["somewhere: something"])

    monkeypatch.setattr(figures, "at_random", faulty)
    monkeypatch.setattr(figures, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="3 faults"):
        figures.main(os.fspath(tmp_path / "page.md"), "1", os.fspath(tmp_path / "work"))
    assert not (tmp_path / "page.md").exists()
