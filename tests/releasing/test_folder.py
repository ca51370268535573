from __future__ import annotations

import io
import shutil
import subprocess
from zipfile import ZipFile

import pytest

from sheetpack.issue import Refusal
from sheetpack.releasing import folder

FILES = {"a.csv": b"1\n", "csv/é b.csv": b"2\n"}


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="this system has no sha256sum")
def test_the_fingerprints_are_those_that_sha256sum_checks(tmp_path):
    target = tmp_path / "out"
    assert folder.lay_out(target, FILES | {folder.SUMS: folder.sums(FILES)})
    checked = ["sha256sum", "--check", "--strict", folder.SUMS]
    assert subprocess.run(checked, cwd=target, capture_output=True).returncode == 0
    (target / "a.csv").write_bytes(b"3\n")
    assert subprocess.run(checked, cwd=target, capture_output=True).returncode == 1


def test_the_same_files_are_left_as_they_are(tmp_path):
    target = tmp_path / "deep" / "out"
    assert folder.lay_out(target, FILES)
    assert not folder.lay_out(target, FILES)
    assert [path.name for path in target.parent.iterdir()] == ["out"]


def test_an_empty_folder_is_filled(tmp_path):
    target = tmp_path / "out"
    target.mkdir()
    assert folder.lay_out(target, FILES)
    assert (target / "a.csv").read_bytes() == b"1\n"


@pytest.mark.parametrize("name", ["mine.txt", "a.csv"])
def test_what_somebody_else_put_there_stays(tmp_path, name):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("mine")
    with pytest.raises(Refusal) as caught:
        folder.lay_out(tmp_path / "out", FILES)
    assert [issue.code for issue in caught.value.issues] == ["release-folder-taken"]
    assert (tmp_path / "out" / name).read_text() == "mine"


def test_a_file_in_its_place_stays(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(Refusal):
        folder.lay_out(tmp_path / "out", FILES)


def test_nothing_is_left_where_a_file_cannot_be_written(tmp_path):
    with pytest.raises(Refusal):
        folder.lay_out(tmp_path / "out", {"a": b"1", "a/b": b"2"})
    assert list(tmp_path.iterdir()) == []


def test_a_package_is_packed_the_same_on_every_day(tmp_path):
    for name, data in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    paths = [tmp_path / name for name in FILES]
    one = folder.packed(tmp_path, paths, {paths[0]: b"new"})
    assert one == folder.packed(tmp_path, paths[::-1], {paths[0]: b"new"})
    with ZipFile(io.BytesIO(one)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "a.csv": b"new",
            "csv/é b.csv": b"2\n",
        }
