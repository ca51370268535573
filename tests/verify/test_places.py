from __future__ import annotations

import pytest

from .conftest import places

CITATIONS, DISPUTES = "data/citations.csv", "data/disputes.csv"


@pytest.mark.parametrize("number", ["2", "6", "0", "99"])
def test_a_paragraph_of_another_section_is_told(island, number):
    island.replace(
        CITATIONS, "gulls-named,island-lighthouse,5", f"gulls-named,island-lighthouse,{number}"
    )
    told = island.found()
    assert ("paragraph-outside", "citations", 3, "paragraph") in places(told)
    assert f"Paragraph {number} " in told[0]["message"]


def test_a_paragraph_beyond_the_text_is_told_where_no_range_is_given(island):
    island.replace("data/sources.csv", ",Letter,,1,3,", ",Letter,,,,")
    island.replace(CITATIONS, "room-offered,letter,3", "room-offered,letter,4")
    (issue,) = island.found()
    assert places([issue]) == [("paragraph-missing", "citations", 7, "paragraph")]
    assert "has 3" in issue["message"]


def test_a_text_that_does_not_exist_is_told_with_a_guess(island):
    island.replace(CITATIONS, "room-offered,letter,3", "room-offered,leter,3")
    (issue,) = island.found()
    assert places([issue]) == [("source-unknown", "citations", 7, "source_id")]
    assert "Did you mean “letter”?" in issue["message"]


def test_each_pair_of_fields_is_looked_at(island):
    island.replace(
        DISPUTES,
        "how-many-boats,island-ferry,7,island-ferry,8",
        "how-many-boats,island-ferry,3,island-ferry,4",
    )
    assert places(island.found()) == [
        ("paragraph-outside", "disputes", 2, "paragraph_a"),
        ("paragraph-outside", "disputes", 2, "paragraph_b"),
    ]


def test_a_row_may_refer_to_no_paragraph(island):
    island.replace(CITATIONS, "room-offered,letter,3", "room-offered,letter,")
    assert island.found() == []
