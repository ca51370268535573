from __future__ import annotations

import os
import stat

import pytest

from sheetpack import files
from sheetpack.issue import Refusal


def test_files_and_their_folders_are_made(tmp_path):
    files.write_all({tmp_path / "a" / "b.csv": b"b", tmp_path / "c.csv": b"c"})
    assert (tmp_path / "a" / "b.csv").read_bytes() == b"b"
    assert (tmp_path / "c.csv").read_bytes() == b"c"


def test_when_one_file_cannot_be_written_none_is(tmp_path):
    old = tmp_path / "old.csv"
    old.write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    with pytest.raises(Refusal) as caught:
        files.write_all({old: b"new", tmp_path / "folder": b"x"})
    (issue,) = caught.value.issues
    assert issue.code == "file-unwritable"
    assert "folder" in issue.message
    assert old.read_bytes() == b"old"


def test_a_full_disk_is_told_and_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    old = tmp_path / "old.csv"
    old.write_bytes(b"old")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Refusal) as caught:
        files.write(old, b"new")
    assert "No space left on device" in caught.value.issues[0].message
    assert [path.name for path in tmp_path.iterdir()] == ["old.csv"]
    assert old.read_bytes() == b"old"


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "dist").write_bytes(b"")
    with pytest.raises(Refusal) as caught:
        files.write(tmp_path / "dist" / "a.csv", b"")
    assert caught.value.issues[0].code == "file-unwritable"


def test_permissions_are_kept_and_new_files_get_the_usual_ones(tmp_path):
    old = tmp_path / "old.csv"
    old.write_bytes(b"old")
    old.chmod(0o640)
    files.write_all({old: b"new", tmp_path / "new.csv": b"new"})
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o666 & ~mask


def test_a_link_stays_a_link_and_its_file_is_written(tmp_path):
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    files.write(tmp_path / "link.csv", b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"


def test_a_new_file_is_nobody_elses_to_read_before_its_permissions_are_known(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "os.fsync", lambda handle: seen.append(stat.S_IMODE(os.fstat(handle).st_mode))
    )
    files.write(tmp_path / "a.csv", b"a")
    assert seen == [0o600]


def test_a_link_that_leads_to_itself_makes_room_for_the_file(tmp_path):
    (tmp_path / "a.csv").symlink_to("a.csv")
    files.write(tmp_path / "a.csv", b"a")
    assert (tmp_path / "a.csv").read_bytes() == b"a"


def test_staging_follows_no_link_and_replaces_nothing(tmp_path):
    (tmp_path / "other.csv").write_bytes(b"other")
    (tmp_path / "link").symlink_to("other.csv")
    for name in ("other.csv", "link"):
        with pytest.raises(FileExistsError):
            files.stage(tmp_path / name, tmp_path / "a.csv", [b"new"])
    assert (tmp_path / "other.csv").read_bytes() == b"other"


@pytest.mark.parametrize(("number", "is_told"), [(22, False), (5, True)])
def test_a_drive_that_cannot_make_sure_of_names_is_used_all_the_same(
    tmp_path, monkeypatch, number, is_told
):
    def fail(handle):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.fsync", fail)
    if is_told:
        with pytest.raises(OSError, match="Input/output"):
            files.sync_folder(tmp_path)
    else:
        files.sync_folder(tmp_path)


def test_nothing_is_there_where_no_file_can_be(tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "circle").symlink_to("circle")
    for name in ("absent", "file/below", "circle", "a\0b"):
        assert not files.is_there(tmp_path / name)
    assert files.is_there(tmp_path)
    assert files.is_there(tmp_path / "file")


def test_a_name_that_is_too_long_to_ask_about_is_not_said_to_be_absent(tmp_path):
    with pytest.raises(OSError, match=r"[Ll]ong"):
        files.is_there(tmp_path / ("x" * 9_999))
