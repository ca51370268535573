from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import given, settings

from sheetpack import opening
from sheetpack.descriptor import FILE_NAMES, load
from sheetpack.issue import Refusal
from sheetpack.reading import read_all
from tests.conftest import PACKAGES
from tests.samples import resource, write_package
from tests.strategies import broken_packages

DESCRIPTORS = sorted(path for name in FILE_NAMES for path in PACKAGES.glob(f"*/{name}"))


def everything_read(descriptor: Path) -> list[tuple]:
    """All that reading finds, and all that it leaves behind in the resources."""
    try:
        package = load(descriptor)
    except Refusal as refusal:
        return [tuple(refusal.issues)]
    return [
        (
            name,
            repr(list(table.rows)),  # as no NaN equals itself
            table.issues,
            table.columns,
            table.readable,
            table.resource.source.dialect.to_descriptor(),
            table.resource.source.encoding,
            table.resource.source.stats.bytes,
            table.resource.source.stats.md5,
        )
        for name, table in read_all(package).items()
    ]


def by_frictionless_alone(descriptor: Path) -> list[tuple]:
    with patch.object(opening, "as_declared", lambda source: nullcontext()):
        return everything_read(descriptor)


def is_opened_as_declared(descriptor: Path) -> bool:
    source = load(descriptor).resources[0].source
    with opening.as_declared(source) as cells:
        return cells is not None


def one_table(folder: Path, text: str, *names: str, **more) -> Path:
    return write_package(folder, [resource("t", names, **more)], {"t.csv": text})


@pytest.mark.parametrize("descriptor", DESCRIPTORS, ids=lambda path: path.parent.name)
def test_every_package_is_read_as_where_frictionless_opens_all_of_it(descriptor):
    assert everything_read(descriptor) == by_frictionless_alone(descriptor)


@settings(deadline=None)
@given(broken_packages())
def test_broken_files_are_read_as_where_frictionless_opens_all_of_it(made):
    with TemporaryDirectory() as folder:
        descriptor = made.write(Path(folder))
        assert everything_read(descriptor) == by_frictionless_alone(descriptor)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("id,id\n1,2\n", ["id", "id2"]),
        ("id,name\n1,2\n", ["name", "id"]),
        ("id\n1\n", ["id", "name"]),
        ("id,name,more\n1,2,3\n", ["id", "name"]),
        ("id,\n1,2\n", ["id", "name"]),
        ("Id,name\n1,2\n", ["id", "name"]),
        ("", ["id"]),
    ],
)
def test_a_header_that_is_not_the_fields_is_left_to_frictionless(tmp_path, text, names):
    assert not is_opened_as_declared(one_table(tmp_path, text, *names))


@pytest.mark.parametrize("mode", ["exact", "equal", "subset", "superset", "partial"])
def test_a_header_that_is_the_fields_needs_nothing_else(tmp_path, mode):
    descriptor = one_table(tmp_path, "id,name\n1,a\n", "id", "name", schema={"fieldsMatch": mode})
    assert is_opened_as_declared(descriptor)


def test_names_that_are_the_same_where_case_is_ignored_are_left_to_frictionless(tmp_path):
    dialect = {"headerCase": False}
    descriptor = one_table(tmp_path, "id,ID\n1,a\n", "id", "ID", dialect=dialect)
    assert not is_opened_as_declared(descriptor)
    assert everything_read(descriptor) == by_frictionless_alone(descriptor)


def test_what_a_parser_guesses_is_forgotten_where_frictionless_opens_the_file(tmp_path):
    descriptor = one_table(tmp_path, "name;id\n1;a\n2;b\n", "id", "name")
    source = load(descriptor).resources[0].source
    before = source.dialect.to_descriptor()
    with opening.as_declared(source) as cells:
        assert cells is None
    assert source.dialect.to_descriptor() == before


def test_two_byte_text_without_its_mark_and_with_half_a_character_is_told(tmp_path):
    descriptor = one_table(tmp_path, "", "id", encoding="utf-16")
    (tmp_path / "t.csv").write_bytes("id\n".encode("utf-16-le") + b"\x00\xd8a\x00")
    assert [issue.code for issue in everything_read(descriptor)[0][2]] == ["file-encoding-unknown"]
