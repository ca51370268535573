"""This package against the two articles, where they are at hand, and by its record where not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from sheetpack.cli import main

from .conftest import ROOT, Copy

SOURCES = ROOT.parent / "shared" / "sources"

with_articles = pytest.mark.skipif(
    not SOURCES.is_dir(), reason="the articles are not at hand (../shared/sources)"
)


def verify(folder: Path, sources: Path) -> dict:
    """What `sheetpack verify --check` tells, which writes nothing."""
    command = ["verify", str(sources), "--package", str(folder), "--check", "--format", "json"]
    return json.loads(CliRunner().invoke(main, command).stdout)


def codes(told: dict) -> set[tuple[str, int]]:
    return {(issue["code"], issue["row"]) for issue in told["issues"]}


@with_articles
def test_the_package_is_what_the_articles_say() -> None:
    told = verify(ROOT, SOURCES)
    assert [f"{issue['file']}: {issue['message']}" for issue in told["issues"]] == []


@with_articles
def test_every_paragraph_of_both_articles_is_covered_or_has_a_reason() -> None:
    counted = verify(ROOT, SOURCES)["coverage"]
    assert len(counted) == 24 + 65
    body = [each for each in counted if not each["reason"]]
    assert len(body) == 21 + 29  # 3 to 23; the sections without heading, byline and office
    assert [each for each in body if not each["records"]] == []


@with_articles
def test_a_changed_letter_in_a_quote_is_caught(copy: Copy) -> None:
    row = copy.set("quotes", "win-win", text="win-won")
    assert ("quote-changed", row) in codes(verify(copy.folder, SOURCES))


@with_articles
def test_a_paragraph_number_that_moved_is_caught(copy: Copy) -> None:
    row = copy.set("quotes", "win-win", paragraph="41")
    assert ("quote-moved", row) in codes(verify(copy.folder, SOURCES))


@with_articles
def test_a_quote_left_out_is_caught(copy: Copy) -> None:
    copy.edit("quotes", lambda rows: rows.pop())
    assert "quote-forgotten" in {code for code, _ in codes(verify(copy.folder, SOURCES))}


@with_articles
@pytest.mark.parametrize("name", ["zamir.txt", "stimson.txt"])
def test_an_altered_article_is_caught(copy: Copy, tmp_path: Path, name: str) -> None:
    sources = shutil.copytree(SOURCES, tmp_path / "sources")
    data = (sources / name).read_bytes()
    (sources / name).write_bytes(data.replace(b"treaty", b"Treaty", 1))
    (found,) = [
        issue for issue in verify(copy.folder, sources)["issues"] if issue["resource"] == "sources"
    ]
    assert found["code"] == "text-changed"
    assert name in found["message"]


def test_a_quote_edited_since_is_caught_without_the_articles(copy: Copy) -> None:
    row = copy.set("quotes", "win-win", text="win-won")
    assert ("unverified-edited", row) in {(issue.code, issue.row) for issue in copy.issues()}


def test_a_quote_moved_since_is_caught_without_the_articles(copy: Copy) -> None:
    row = copy.set("quotes", "win-win", paragraph="41")
    assert ("unverified-moved", row) in {(issue.code, issue.row) for issue in copy.issues()}
