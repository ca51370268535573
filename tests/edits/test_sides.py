from __future__ import annotations

import pytest

from sheetpack.edits import sides
from sheetpack.edits.model import Grid, Line
from sheetpack.issue import Refusal
from tests.samples import opened, resource, write_package

FIELDS = ["id", {"name": "size", "type": "integer"}]


def test_cells_are_those_of_the_file_and_blank_ones_are_none(tmp_path):
    path = write_package(
        tmp_path, [resource("goods", FIELDS, ["id"])], {"goods.csv": "id,size\n042, 1\nb,\n"}
    )
    _, tables = opened(path)
    found = sides.of_tables(tables)
    assert found == {"goods": Grid(("id", "size"), [Line(("042", " 1"), 2), Line(("b", None), 3)])}


def test_data_that_is_wrong_can_be_compared_and_data_that_cannot_be_read_is_refused(tmp_path):
    path = write_package(
        tmp_path, [resource("goods", FIELDS, ["id"])], {"goods.csv": "id,size\na,many\na,2\n"}
    )
    _, tables = opened(path)
    assert len(sides.of_readable(tables)["goods"].lines) == 2
    (tmp_path / "goods.csv").unlink()
    _, tables = opened(path)
    with pytest.raises(Refusal) as refusal:
        sides.of_readable(tables)
    assert [issue.code for issue in refusal.value.issues] == ["file-missing"]
