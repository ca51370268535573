from __future__ import annotations

import pytest

from tests.conftest import issues_of
from tests.samples import resource, write_package


@pytest.mark.parametrize(("mark", "name"), [(";", "“;”"), ("\t", "“tab”"), ("|", "“|”")])
def test_columns_parted_by_another_sign_are_told_once(gallery, mark, name):
    text = gallery.path("data/kinds.csv").read_text(encoding="utf-8")
    gallery.write("data/kinds.csv", text.replace(",", mark))
    told = [issue for issue in gallery.issues() if issue.level == "error"]
    assert [(issue.code, issue.resource, issue.row) for issue in told] == [
        ("header-delimiter", "kinds", 1)
    ]
    assert name in told[0].message


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("id,naem,size", ["header-misspelt"]),
        ("x,y,z", ["header-wrong"]),
        ("id,id,size", ["header-duplicate", "header-missing"]),
    ],
)
def test_where_only_names_are_wrong_the_rows_are_told_too(tmp_path, header, codes):
    issues = issues_under(tmp_path, header, "1,a,many\n2,b\n")
    assert [issue.code for issue in issues] == [*codes, "type-integer", "row-short"]
    assert [issue.row for issue in issues[-2:]] == [2, 3]


def test_where_columns_follow_that_are_too_many_the_rows_are_told_too(tmp_path):
    issues = issues_under(tmp_path, "id,name,size,more,name", "1,a,2,x,y\nb,b,2,x,y\n1,c,3,x\n")
    found = [(issue.code, issue.row) for issue in issues]
    assert found[-2:] == [("type-integer", 3), ("row-short", 4)]
    assert {code for code, _ in found[:-2]} == {"header-duplicate", "header-extra"}


@pytest.mark.parametrize("header", ["name,id,size", "id,name", "x,name,size,id"])
def test_where_columns_stand_elsewhere_the_rows_are_not_told(tmp_path, header):
    issues = issues_under(tmp_path, header, "a,b,c,d\n")
    assert {issue.row for issue in issues} == {0, 1}
    assert "header-rows-unread" in [issue.code for issue in issues]


def issues_under(folder, header, rows):
    """What is wrong with a table of three columns that has another header."""
    fields = [{"name": "id", "type": "integer"}, "name", {"name": "size", "type": "integer"}]
    return issues_of(write_package(folder, [resource("t", fields)], {"t.csv": f"{header}\n{rows}"}))
