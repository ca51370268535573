"""Plain Frictionless is the judge of what is valid: we agree, and name at least its rows."""

from __future__ import annotations

import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import frictionless
import pytest
from hypothesis import given, settings

from sheetpack.descriptor import FILE_NAMES
from tests.conftest import PACKAGES, issues_of
from tests.strategies import broken_packages

DESCRIPTORS = sorted(path for name in FILE_NAMES for path in PACKAGES.glob(f"*/{name}"))

# Where a header or a reference in the descriptor is wrong we say that once, and leave out
# what Frictionless says about every row in consequence.
TOLD_ONCE = {
    "header-order",
    "header-misspelt",
    "header-missing",
    "header-wrong",
    "reference-column",
    "reference-table",
}


@pytest.mark.parametrize("descriptor", DESCRIPTORS, ids=lambda path: path.parent.name)
def test_a_package_is_valid_exactly_where_frictionless_says_so(descriptor):
    assert (errors_of(descriptor) == []) == report_of(descriptor).valid


@settings(deadline=None)
@given(broken_packages())
def test_a_broken_package_is_valid_exactly_where_frictionless_says_so(made):
    with TemporaryDirectory() as folder:
        descriptor = made.write(Path(folder))
        assert (errors_of(descriptor) == []) == report_of(descriptor).valid


@pytest.mark.parametrize("descriptor", DESCRIPTORS, ids=lambda path: path.parent.name)
def test_every_row_that_frictionless_names_is_named(descriptor):
    errors = errors_of(descriptor)
    ours = {(issue.resource, issue.row) for issue in errors}
    told_once = {issue.resource for issue in errors if issue.code in TOLD_ONCE}
    theirs = {
        (task.name, error.row_number)
        for task in report_of(descriptor).tasks
        for error in task.errors
        if hasattr(error, "row_number") and task.name not in told_once
    }
    assert theirs - ours == set()


@pytest.mark.parametrize("descriptor", DESCRIPTORS, ids=lambda path: path.parent.name)
def test_every_resource_that_frictionless_finds_fault_with_is_named(descriptor):
    ours = {issue.resource for issue in errors_of(descriptor)}
    theirs = {task.name for task in report_of(descriptor).tasks if task.errors}
    assert theirs - ours == set()


def errors_of(descriptor):
    return [issue for issue in issues_of(descriptor) if issue.level == "error"]


def report_of(descriptor):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return frictionless.validate(str(descriptor))
