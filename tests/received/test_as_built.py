"""A workbook as it was built is known for certain; nothing that anybody changed passes for it."""

from __future__ import annotations

import io
import shutil
import zlib
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheetpack.received.as_built import is_as_built, origin
from sheetpack.workbook.fingerprint import PART, STAMP, contract
from tests.conftest import PACKAGES
from tests.editing import built, edit
from tests.samples import opened
from tests.workbook.test_round_trip import saved_by_libreoffice

PACKAGE = PACKAGES / "workbook-library"


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    return built(PACKAGE, tmp_path_factory.mktemp("built") / "book.xlsx").read_bytes()


def parts_of(content):
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts, path, stamp=STAMP, how=ZIP_STORED):
    with ZipFile(path, "w", how) as archive:
        for name, part in parts.items():
            archive.writestr(ZipInfo(name, stamp), part)
    return path


def is_known(path):
    found = origin(path) is not None
    assert is_as_built(path) or not found
    return found


def test_a_built_workbook_says_what_it_was_built_from(book, library):
    package, tables = opened(library.folder)
    assert origin(book) == (contract(package), sum(len(table.rows) for table in tables.values()))
    assert is_as_built(book)


def test_how_and_in_which_order_the_parts_are_packed_does_not_count(content, tmp_path):
    parts = parts_of(content)
    assert is_known(zipped(dict(reversed(parts.items())), tmp_path / "book.xlsx"))


def test_what_openpyxl_saved_is_not_as_built_though_the_property_is_kept(content, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    edit(path, lambda book: None)
    assert PART in parts_of(path.read_bytes())
    assert not is_known(path)
    # Nor if it had the times of a build.
    assert not is_known(zipped(parts_of(path.read_bytes()), path))
    assert not is_as_built(path)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is missing")
def test_what_libreoffice_saved_is_not_as_built_though_the_property_is_kept(content, tmp_path):
    parts = parts_of(saved_by_libreoffice(content, tmp_path))
    assert b"As built by sheetpack" in parts[PART]
    assert not is_known(zipped(parts, tmp_path / "stamped.xlsx"))
    assert not is_as_built(tmp_path / "stamped.xlsx")


@settings(max_examples=150, deadline=None, suppress_health_check=[*HealthCheck])
@given(data=st.data())
def test_one_byte_of_any_part_is_enough(content, tmp_path, data):
    parts = parts_of(content)
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name]) - 1))
    byte = bytes([parts[name][at] ^ data.draw(st.integers(1, 255))])
    parts[name] = parts[name][:at] + byte + parts[name][at + 1 :]
    assert not is_known(zipped(parts, tmp_path / "book.xlsx"))


def test_one_byte_changed_in_place_is_enough_though_all_sums_fit(content, tmp_path):
    path = zipped(parts_of(content), tmp_path / "book.xlsx")
    assert is_known(path)
    old = parts_of(content)["xl/worksheets/sheet3.xml"]
    new = old.replace(b">Ada Reader<", b">Eve Reader<")
    sums = [zlib.crc32(part).to_bytes(4, "little") for part in (old, new)]
    path.write_bytes(path.read_bytes().replace(old, new).replace(*sums))
    assert openpyxl.load_workbook(path)["People"]["B2"].value == "Eve Reader"
    assert not is_known(path)
    assert not is_as_built(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts | {"xl/vbaProject.bin": b"macro"},
        lambda parts: {name: part for name, part in parts.items() if name != "xl/styles.xml"},
        lambda parts: {name.upper(): part for name, part in parts.items()},
        lambda parts: parts | {PART: parts[PART] + b" " * 10_000},
        lambda parts: parts | {PART: parts[PART].replace(b"As built by sheetpack", b"Mine")},
    ],
)
def test_a_part_more_or_less_or_of_another_name_is_enough(content, tmp_path, change):
    assert not is_known(zipped(change(parts_of(content)), tmp_path / "book.xlsx"))
    assert not is_as_built(tmp_path / "book.xlsx")


def test_a_workbook_of_an_earlier_version_is_known_by_its_times_alone(content, tmp_path):
    parts = parts_of(content)
    del parts[PART]
    path = zipped(parts, tmp_path / "book.xlsx")
    assert (origin(path), is_as_built(path)) == (None, True)
    zipped(parts, path, stamp=(2024, 1, 1, 0, 0, 0))
    assert not is_as_built(path)


def test_what_is_damaged_or_no_workbook_is_not_as_built(content, tmp_path):
    path = tmp_path / "book.xlsx"
    for other in (b"", b"a letter", content[:-100], content[:5_000] + b"?" + content[5_001:]):
        path.write_bytes(other)
        assert not is_known(path)
        assert not is_as_built(path)
    assert not is_known(tmp_path / "none.xlsx")
    assert not is_known(tmp_path)
