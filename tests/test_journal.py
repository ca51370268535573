"""A note about an interrupted saving may come with a package from a stranger."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetpack import journal
from sheetpack.issue import Refusal
from sheetpack.transaction import recover

TOKEN = "0123456789abcdef"
SECRET = b"not part of the package"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def package(tmp_path) -> Path:
    """A package with a file, beside a file that is none of its own."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "secret.txt").write_bytes(SECRET)
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "a.csv").write_bytes(b"a")
    return tmp_path / "package"


def contents(package: Path) -> dict[str, bytes]:
    return {
        path.relative_to(package.parent).as_posix(): path.read_bytes()
        for path in sorted(package.parent.rglob("*"))
        if path.is_file()
    }


def write_note(package: Path, state: str, *moves: dict, **more) -> None:
    note = {"version": 1, "token": TOKEN, "files": list(moves)} | more
    (package / state).write_text(json.dumps(note))


def refused(package: Path) -> None:
    """The package is refused in a sentence, and nothing whatever has changed."""
    before = contents(package)
    with pytest.raises(Refusal) as caught:
        recover(package)
    (issue,) = caught.value.issues
    assert issue.code == "save-unclear"
    assert ".sheetpack." in issue.message
    assert contents(package) == before


PATHS = ["../mine/secret.txt", "a/../../mine/secret.txt", "", "\0", "link/../../mine/secret.txt"]


@pytest.mark.parametrize("state", journal.STATES)
@pytest.mark.parametrize("path", PATHS)
def test_a_note_that_leads_out_of_the_folder_is_refused(package, state, path):
    write_note(package, state, {"path": path, "old": None, "new": digest(SECRET)})
    refused(package)
    write_note(package, state, {"path": path, "old": digest(SECRET), "new": digest(b"x")})
    refused(package)


@pytest.mark.parametrize("state", journal.STATES)
def test_an_absolute_path_is_refused_even_into_the_folder(package, state):
    for target in (package / "a.csv", package.parent / "mine" / "secret.txt"):
        data = target.read_bytes()
        write_note(package, state, {"path": str(target), "old": None, "new": digest(data)})
        refused(package)


@pytest.mark.parametrize("state", journal.STATES)
def test_through_a_link_nothing_outside_is_made_or_removed(package, state):
    (package / "link").symlink_to("../mine")
    for path in ("link/secret.txt", "link/made.txt"):
        write_note(package, state, {"path": path, "old": None, "new": digest(SECRET)})
        refused(package)


def test_through_a_link_nothing_outside_is_replaced_by_what_lies_in_the_package(package):
    (package / "link.csv").symlink_to("../mine/secret.txt")
    (package / f".sheetpack-{TOKEN}-0.new").write_bytes(b"x")
    move = {"path": "link.csv", "old": digest(SECRET), "new": digest(b"x")}
    write_note(package, journal.SAVING, move)
    refused(package)
    (package / journal.SAVING).rename(package / journal.UNDOING)
    refused(package)


def test_links_in_place_of_new_files_are_not_moved(package):
    (package / f".sheetpack-{TOKEN}-0.new").symlink_to("../mine/secret.txt")
    write_note(
        package, journal.SAVING, {"path": "a.csv", "old": digest(b"a"), "new": digest(SECRET)}
    )
    with pytest.raises(Refusal):
        recover(package)
    assert (package / "a.csv").read_bytes() == b"a"
    assert not (package / "a.csv").is_symlink()


DAMAGED = [
    b"",
    b"\xff\xfe",
    b"{}",
    b"[]",
    b"null",
    b"[" * 100_000,
    b'{"version": 1, "token": "../../x", "files": []}',
    b'{"version": 1, "token": 5, "files": []}',
    b'{"version": 2, "token": "0123456789abcdef", "files": []}',
    b'{"version": 1, "token": "0123456789abcdef", "files": {"path": 1}}',
    b'{"version": 1, "token": "0123456789abcdef", "files": [{"path": "a.csv"}]}',
    b'{"version": 1, "token": "0123456789abcdef", "files": '
    b'[{"path": "a.csv", "old": "../..", "new": ""}]}',
    b'{"version": 1, "token": "0123456789abcdef", "files": '
    b'[{"path": ["a.csv"], "old": null, "new": "' + digest(b"a").encode() + b'"}]}',
]


@pytest.mark.parametrize("state", journal.STATES)
@pytest.mark.parametrize("data", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_note_is_refused(package, state, data):
    (package / state).write_bytes(data)
    refused(package)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.binary(max_size=200), state=st.sampled_from(journal.STATES))
def test_whatever_a_note_says_nobody_else_is_touched(package, data, state):
    (package / state).write_bytes(data)
    refused(package)
    (package / state).unlink()


def test_two_notes_a_folder_and_a_link_as_a_note_are_refused(package):
    write_note(package, journal.SAVING)
    write_note(package, journal.UNDOING)
    refused(package)
    (package / journal.UNDOING).unlink()
    (package / journal.SAVING).rename(package / "note")
    (package / journal.SAVING).symlink_to("note")
    refused(package)
    (package / journal.SAVING).unlink()
    (package / journal.SAVING).mkdir()
    refused(package)


def test_a_link_in_a_circle_is_refused(package):
    (package / "circle").symlink_to("circle")
    write_note(
        package, journal.SAVING, {"path": "circle", "old": digest(b"a"), "new": digest(b"b")}
    )
    with pytest.raises(Refusal):
        recover(package)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system knows no pipes with names")
def test_a_note_that_would_be_read_for_ever_is_refused(package):
    os.mkfifo(package / journal.SAVING)
    refused(package)


def test_a_note_is_read_as_it_was_written(package):
    moves = journal.planned(package, {package / "a.csv": b"b", package / "ä \n.csv": b"c"})
    (package / journal.SAVING).write_bytes(journal.to_bytes(moves))
    assert journal.read(package / journal.SAVING) == list(moves)
