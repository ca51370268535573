from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetpack.issue import Issue, Refusal
from sheetpack.received.opening import open_workbook
from tests.received import hostile
from tests.received.handmade import STYLES, TEXTS, styles, texts, workbook, zipped

MEMORY = 1 << 30
READING = """
    import resource, sys
    from pathlib import Path
    from sheetpack.issue import Refusal
    from sheetpack.received.opening import open_workbook

    resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
    try:
        for sheet in open_workbook(Path(sys.argv[1])).sheets:
            for row in sheet.read():
                pass
            sheet.read_merged()
    except Refusal as refusal:
        print(*[issue.code for issue in refusal.issues])
"""
WHOLE = zipped(
    workbook(
        '<row><c t="s"><v>0</v></c><c s="1"><v>45000</v></c><c><f>1+1</f><v>2</v></c></row>'
        '<row r="5"><c t="inlineStr"><is><t>in</t></is></c><c t="e"><v>#N/A</v></c></row>'
    )
    | {TEXTS: texts("<t>shared</t>"), STYLES: styles("yyyy")}
)


def issues_of(path: Path) -> list[Issue]:
    """Read everything in a file; the issues with which it is refused."""
    try:
        for sheet in open_workbook(path).sheets:
            for _ in sheet.read():
                pass
            sheet.read_merged()
    except Refusal as refusal:
        return refusal.issues
    return []


@pytest.mark.parametrize("name", hostile.CASES)
def test_a_file_is_read_or_refused_in_one_sentence(tmp_path, name):
    case = hostile.CASES[name]
    path = tmp_path / "received.xlsx"
    path.write_bytes(case.make())
    issues = issues_of(path)
    assert [issue.code for issue in issues] == [case.code] * bool(case.code)
    for issue in issues:
        assert "received.xlsx" in issue.message and issue.message.count(". ") == 0
        assert issue.hint


@pytest.mark.parametrize("name", hostile.BOMBS)
def test_a_bomb_takes_little_memory_and_is_small_itself(tmp_path, name):
    case = hostile.BOMBS[name]
    path = tmp_path / "received.xlsx"
    path.write_bytes(case.make())
    assert path.stat().st_size < 32 << 20
    program = textwrap.dedent(READING.format(memory=MEMORY))
    run = subprocess.run(
        [sys.executable, "-c", program, path], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.split() == [case.code] * bool(case.code)


def test_what_is_no_file_is_refused(tmp_path):
    assert [issue.code for issue in issues_of(tmp_path / "absent.xlsx")] == ["received-missing"]
    assert [issue.code for issue in issues_of(tmp_path / "a\0b.xlsx")] == ["received-missing"]
    assert [issue.code for issue in issues_of(tmp_path)] == ["received-folder"]
    assert [issue.code for issue in issues_of(Path("/dev/zero"))] == ["received-folder"]


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "received.xlsx"
    path.write_bytes(WHOLE)
    monkeypatch.setattr("os.access", lambda *_: False)
    assert [issue.code for issue in issues_of(path)] == ["received-forbidden"]


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path):
    path = tmp_path / "received.xlsx"
    path.write_bytes(WHOLE)
    received = open_workbook(path)
    path.write_bytes(zipped(workbook()))
    with pytest.raises(Refusal) as refused:
        list(received.sheets[0].read())
    assert refused.value.issues[0].code == "received-changed"


def test_memory_that_runs_out_is_told_in_a_sentence(tmp_path, monkeypatch):
    path = tmp_path / "received.xlsx"
    path.write_bytes(WHOLE)

    def fail(*_):
        raise MemoryError

    received = open_workbook(path)
    monkeypatch.setattr("sheetpack.received.sheet_rows.understood", fail)
    with pytest.raises(Refusal) as refused:
        list(received.sheets[0].read())
    assert refused.value.issues[0].code == "received-memory"


def test_a_damaged_sheet_that_nobody_reads_is_no_matter(tmp_path):
    path = tmp_path / "received.xlsx"
    path.write_bytes(hostile.CASES["a damaged sheet"].make())
    assert [sheet.name for sheet in open_workbook(path).sheets] == ["One"]


@given(
    changes=st.lists(
        st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=4
    ),
    end=st.one_of(st.none(), st.integers(0, len(WHOLE))),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_damaged_at_most_one_sentence_comes_of_it(tmp_path, changes, end):
    data = bytearray(WHOLE)
    for at, byte in changes:
        data[at] = byte
    path = tmp_path / "received.xlsx"
    path.write_bytes(data[:end])
    assert len(issues_of(path)) <= 1


@given(xml=st.text('<>/&;="row c v f t is s r 1 A x_D8 00', max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_a_sheet_says_at_most_one_sentence_comes_of_it(tmp_path, xml):
    path = tmp_path / "received.xlsx"
    path.write_bytes(zipped(workbook(f"<row><c>{xml}</c></row>")))
    assert len(issues_of(path)) <= 1
