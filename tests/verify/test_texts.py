from __future__ import annotations

import os
import sys

import pytest

from sheetpack.verify import texts

from .conftest import places


def test_what_the_files_are_called_does_not_matter(island):
    island.texts.path("first.txt").rename(island.texts.path("whatever.bin"))
    assert island.found() == []


def test_other_files_beside_the_texts_do_not_matter(island):
    island.texts.write("notes.txt", "my notes")
    island.texts.path("folder").mkdir()
    assert island.found() == []


def test_a_text_may_be_a_symbolic_link(island, tmp_path):
    target = tmp_path / "elsewhere.txt"
    island.texts.path("first.txt").rename(target)
    island.texts.path("link").symlink_to(target)
    assert island.found() == []


def test_a_missing_text_is_named(island):
    island.texts.path("second.txt").unlink()
    (issue,) = island.found()
    assert places([issue]) == [("text-missing", "sources", 5, "")]
    assert "“Letter”" in issue["message"]
    assert island.path("data/sources.csv").read_text("utf-8").splitlines()[4][-64:] in issue["hint"]


def test_an_altered_text_is_named_with_its_file(island):
    island.texts.replace("first.txt", "two ferries", "two fairies")
    (issue,) = island.found()
    assert places([issue]) == [("text-changed", "sources", 2, "")]
    assert "first.txt" in issue["message"]
    assert "“Island”" in issue["message"]


def test_a_text_with_other_line_endings_is_another_text(island):
    data = island.texts.path("second.txt").read_bytes()
    island.texts.write("second.txt", data.replace(b"\n", b"\r\n"))
    assert [issue["code"] for issue in island.found()] == ["text-changed"]


def test_without_a_quote_to_know_it_by_a_changed_text_is_a_missing_one(island):
    island.replace("data/quotes.csv", "warm-room,a warm room and no questions,letter,3\n", "")
    island.texts.replace("second.txt", "Sir,", "Madam,")
    assert [issue["code"] for issue in island.found()] == ["text-missing"]


def test_a_text_that_is_not_utf_8_is_told(island):
    before = island.fingerprint("second.txt")
    island.texts.write(
        "second.txt",
        island.texts.path("second.txt").read_text("utf-8").encode("latin-1", "replace"),
    )
    island.replace("data/sources.csv", before, island.fingerprint("second.txt"))
    (issue,) = island.found()
    assert places([issue]) == [("text-encoding", "sources", 5, "")]
    assert "second.txt" in issue["message"]


def test_a_text_without_fingerprint_and_whole_is_told(island):
    island.replace("data/sources.csv", ",Lighthouse,island,", ",Lighthouse,,")
    assert ("text-unknown", "sources", 3, "") in places(island.found())


def test_sections_that_are_parts_of_each_other_end_nowhere(island):
    island.replace("data/sources.csv", ",Lighthouse,island,", ",Lighthouse,island-ferry,")
    island.replace("data/sources.csv", ",Ferry,island,", ",Ferry,island-lighthouse,")
    told = places(island.found())
    assert ("text-unknown", "sources", 3, "") in told
    assert ("text-unknown", "sources", 4, "") in told


def test_a_section_of_a_section_uses_the_text_of_the_whole(island):
    island.replace("data/sources.csv", ",Ferry,island,", ",Ferry,island-lighthouse,")
    assert island.found() == []


def test_a_range_beyond_the_text_is_told(island):
    island.replace("data/sources.csv", ",Letter,,1,3,", ",Letter,,1,4,")
    (issue,) = island.found()
    assert places([issue]) == [("paragraph-missing", "sources", 5, "last")]


def test_a_file_larger_than_any_text_is_not_read_to_its_end(island, monkeypatch):
    monkeypatch.setattr(texts, "MOST_BYTES", 20_000)
    island.texts.write("film.mov", b"0" * 20_001)
    (issue,) = island.found()
    assert (issue["code"], issue["level"]) == ("file-unread", "warning")
    assert issue["file"].endswith("film.mov")


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nothing is forbidden to this user"
)
def test_a_file_that_may_not_be_read_is_told(island):
    island.texts.write("secret", "x")
    island.texts.path("secret").chmod(0)
    assert [issue["code"] for issue in island.found()] == ["file-unread"]


def test_paragraphs_are_lines_whatever_stands_in_them():
    data = "a\u2028b\x0cc\r\n\ncafe\u0301\n".encode()
    assert texts.paragraphs(data) == ("a\u2028b\x0cc", "", "café")
    assert texts.paragraphs(b"\xef\xbb\xbfa") == ("a",)
    assert texts.paragraphs(b"a\n\n") == ("a", "")
