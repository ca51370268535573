"""The packages in folders, whoever made them: every one that is valid keeps all of its values."""

from __future__ import annotations

import pytest

from sheetpack import build
from sheetpack.checks import check
from sheetpack.descriptor import FILE_NAMES
from tests.conftest import PACKAGES, issues_of
from tests.editing import merged_in_full
from tests.samples import opened
from tests.test_agreement import report_of
from tests.workbook.test_any_package import made

DESCRIPTORS = sorted(path for name in FILE_NAMES for path in PACKAGES.glob(f"*/{name}"))


@pytest.mark.parametrize("path", DESCRIPTORS, ids=lambda path: path.parent.name)
def test_what_is_valid_becomes_a_workbook_with_every_value(path):
    if not report_of(path).valid:
        assert any(issue.level == "error" for issue in issues_of(path))
        return
    made(path)


@pytest.mark.parametrize("path", DESCRIPTORS, ids=lambda path: path.parent.name)
def test_a_workbook_nobody_edited_changes_nothing(path, tmp_path):
    package, tables = opened(path)
    if any(issue.level == "error" for issue in check(package, tables)):
        return
    book = tmp_path / "book.xlsx"
    book.write_bytes(build.products(package, tables)[0][0].content)
    outcome = merged_in_full(package, tables, book)
    assert (outcome.edited.issues, outcome.conflicts, bool(outcome.changes)) == ([], [], False)
    assert [issue for issue in outcome.issues if issue.level == "error"] == []


@pytest.mark.parametrize("path", sorted(PACKAGES.glob("strangers-*")), ids=lambda path: path.name)
def test_a_package_of_a_stranger_says_who_made_it_and_under_which_licence(path):
    assert "CC0" in (path / "README.txt").read_text(encoding="utf-8")
