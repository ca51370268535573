"""The record of what was verified, and what `validate` makes of it without the texts."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil

import pytest

from sheetpack.verify import record

from .conftest import RECORD

QUOTES = "data/quotes.csv"


def rows(island):
    with island.path(RECORD).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_record_says_where_each_quote_stands_and_how_its_words_can_be_known(island):
    island.path(RECORD).unlink()
    assert island.run().exit_code == 0
    paragraphs = {
        "island": island.texts.path("first.txt").read_text("utf-8").splitlines(),
        "letter": island.texts.path("second.txt").read_text("utf-8").splitlines(),
    }
    with island.path(QUOTES).open(encoding="utf-8", newline="") as file:
        quotes = {row["quote_id"]: row for row in csv.DictReader(file)}
    found = rows(island)
    assert [row["quote_id"] for row in found] == sorted(quotes)
    for row in found:
        quote = quotes[row["quote_id"]]
        text = paragraphs[row["source_id"].partition("-")[0]]
        words = text[int(row["paragraph"]) - 1][int(row["start"]) : int(row["end"])]
        assert words == quote["words"]
        assert row["sha256"] == hashlib.sha256(words.encode()).hexdigest()


def test_the_record_holds_none_of_the_words(island):
    content = island.path(RECORD).read_text("utf-8")
    assert "nobody expects" not in content
    assert "forty minutes" not in content


def test_equal_quotes_of_one_paragraph_have_different_places(island):
    found = {row["quote_id"]: int(row["start"]) for row in rows(island)}
    assert found["patient-in-the-morning"] < found["patient-in-the-fog"]


def test_the_same_data_gives_the_same_record(island):
    before = island.path(RECORD).read_bytes()
    island.run()
    assert island.path(RECORD).read_bytes() == before
    lines = island.path(QUOTES).read_text("utf-8").splitlines()
    lines[3:] = reversed(lines[3:])  # the order of the rows says nothing
    island.write(QUOTES, "\n".join([*lines, ""]))
    island.run()
    assert island.path(RECORD).read_bytes() == before


def test_a_record_of_another_form_is_no_record():
    header = ["k", "s", "p", *record.MEASURES]
    with pytest.raises(ValueError):
        record.read(b"", header)
    with pytest.raises(ValueError):
        record.read(b"\xff", header)
    with pytest.raises(ValueError):
        record.read((",".join(header) + "\nk,s\n").encode(), header)
    assert record.read((",".join(header) + "\nk,s,1,0,2,a,b\n").encode(), header) == {
        "k": record.Entry("s", "1", "a", "b")
    }


def unverified(island):
    """What `validate` finds, which has no texts."""
    shutil.rmtree(island.texts.folder)
    return island.issues()


def test_without_a_change_there_is_nothing_to_verify_again(island):
    assert unverified(island) == []


def test_a_paragraph_with_a_leading_zero_is_the_same_paragraph(island):
    descriptor = json.loads(island.descriptor.read_text("utf-8"))
    (quotes,) = (each for each in descriptor["resources"] if each["name"] == "quotes")
    (field,) = (each for each in quotes["schema"]["fields"] if each["name"] == "paragraph")
    field["type"] = "string"
    island.write("datapackage.json", json.dumps(descriptor))
    island.replace(QUOTES, "harbour,island-lighthouse,5", "harbour,island-lighthouse,05")
    assert island.run().exit_code == 0
    assert "unverified-moved" not in {issue.code for issue in unverified(island)}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("a cost without", "a coast without", ("unverified-edited", "quotes", 5, "words")),
        (
            "harbour,island-lighthouse,5",
            "harbour,island-lighthouse,4",
            ("unverified-moved", "quotes", 5, "paragraph"),
        ),
        (
            "harbour,island-lighthouse,5",
            "harbour,island,5",
            ("unverified-moved", "quotes", 5, "source_id"),
        ),
        ("warm-room,", "cold-room,", ("unverified-added", "quotes", 8, "")),
        (
            "forty-minutes,in forty minutes or less,island-ferry,7\n",
            "",
            ("unverified-deleted", "", 0, ""),
        ),
    ],
)
def test_a_quote_changed_since_is_told_without_the_texts(island, old, new, found):
    island.replace(QUOTES, old, new)
    told = [(issue.code, issue.resource, issue.row, issue.field) for issue in unverified(island)]
    assert found in told
    if found[0] != "unverified-added":  # a key that changed is one quote less and one more
        assert told == [found]


def test_a_new_quote_is_told_without_the_texts(island):
    island.replace(QUOTES, "warm-room,", "new,patient,island-lighthouse,4\nwarm-room,")
    assert [(issue.code, issue.row) for issue in unverified(island)] == [("unverified-added", 8)]


def test_another_version_of_the_text_is_told_at_its_quotes(island):
    island.replace("data/sources.csv", island.fingerprint("second.txt"), "0" * 64)
    (issue,) = unverified(island)
    assert (issue.code, issue.row, "Letter" in issue.message) == ("unverified-text", 8, True)


@pytest.mark.parametrize("content", [None, "", "quote_id\nx\n"])
def test_a_record_that_is_missing_or_damaged_is_told_once(island, content):
    if content is None:
        island.path(RECORD).unlink()
    else:
        island.write(RECORD, content)
    assert [(issue.code, issue.file) for issue in unverified(island)] == [
        ("unverified-record", RECORD)
    ]


def test_what_cannot_be_read_is_not_compared(island):
    island.replace(QUOTES, "quote_id,words", "quote_id,wrods")
    assert "unverified-deleted" not in {issue.code for issue in unverified(island)}
