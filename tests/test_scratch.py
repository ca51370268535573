"""What a file will hold, on the disk once it is much."""

import errno
import hashlib
import io
import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack import scratch
from sheetpack.scratch import Scratch
from sheetpack.spool import NoRoom


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(scratch, "MOST_IN_MEMORY", 100)
    monkeypatch.setattr(scratch, "PIECE", 7)


@pytest.fixture
def full(monkeypatch):
    """A disk that takes nothing."""

    def open_file(*arguments, **options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", open_file)


@given(st.lists(st.binary(max_size=60), max_size=10))
def test_it_gives_back_what_was_put_in(pieces):
    kept, whole = Scratch(pieces), b"".join(pieces)
    for _ in range(2):
        assert b"".join(kept.pieces()) == b"".join(scratch.pieces(kept)) == whole
        assert kept.file.read() == whole
    assert len(kept) == len(whole)
    fingerprint = hashlib.sha256(whole).hexdigest()
    assert scratch.fingerprint(kept) == scratch.fingerprint(whole) == fingerprint


def test_it_is_read_in_pieces():
    assert [len(piece) for piece in Scratch([b"x" * 30]).pieces()] == [7, 7, 7, 7, 2]
    assert list(scratch.pieces_of(io.BytesIO(b"0123456789"))) == [b"0123456", b"789"]


def test_what_is_written_to_it_is_kept():
    kept = Scratch()
    with kept.filling() as file:
        file.write(b"one")
        file.seek(0)
        file.write(b"ten")
    assert kept.file.read() == b"ten"


@pytest.mark.usefixtures("full")
def test_few_bytes_need_no_disk():
    assert len(Scratch([b"x" * 100])) == 100


@pytest.mark.usefixtures("full")
def test_a_full_disk_is_told_with_its_folder():
    with pytest.raises(NoRoom, match="No space left on device") as caught:
        Scratch([b"x" * 101])
    assert caught.value.strerror.endswith(f"({tempfile.gettempdir()})")
    assert caught.value.errno == errno.ENOSPC


@pytest.mark.usefixtures("full")
def test_what_another_file_on_the_disk_says_is_said_once():
    with pytest.raises(NoRoom) as caught:
        Scratch(piece for inner in [1] for piece in [Scratch([b"x" * 101 * inner]).file.read()])
    assert caught.value.strerror.count(tempfile.gettempdir()) == 1
