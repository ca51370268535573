from __future__ import annotations

import pytest

from .conftest import places

LIST = "validation/not-coded.csv"


def test_each_paragraph_is_told_with_the_number_of_records(island):
    lines = island.run().stdout.splitlines()
    assert lines[:4] == [
        "Island: ¶1 not coded · ¶2 1",
        "Lighthouse: ¶3 not coded · ¶4 4 · ¶5 2",
        "Ferry: ¶6 not coded · ¶7 4 · ¶8 2",
        "Letter: ¶1 not coded · ¶2 1 · ¶3 2",
    ]


def test_programs_get_the_same_with_the_reasons(island):
    counted = island.coverage()
    assert len(counted) == 11
    assert counted["Ferry", 7] == {
        "section": "Ferry",
        "source": "island-ferry",
        "paragraph": 7,
        "records": 4,
        "reason": "",
    }
    assert counted["Ferry", 6]["reason"] == "Heading"


def test_a_record_cited_twice_to_a_paragraph_counts_once(island):
    island.replace("data/citations.csv", "room-offered,", "buoy-rings,letter,2\nroom-offered,")
    assert island.coverage()["Letter", 2]["records"] == 1
    island.replace("data/citations.csv", "room-offered,", "room-offered,letter,2\nroom-offered,")
    assert island.coverage()["Letter", 2]["records"] == 2


def test_a_paragraph_counts_whether_it_is_cited_to_the_section_or_to_the_whole(island):
    island.replace(
        "data/citations.csv", "second-boat-sold,island-ferry,8", "second-boat-sold,island,8"
    )
    assert island.coverage()["Ferry", 8]["records"] == 2


def test_a_paragraph_without_a_record_or_a_reason_is_told(island):
    island.replace("data/citations.csv", "buoy-rings,letter,2\n", "")
    (issue,) = island.found()
    assert places([issue]) == [("paragraph-uncovered", "sources", 5, "")]
    assert "Letter ¶2" in issue["message"]
    assert LIST in issue["hint"]
    assert "Letter: ¶1 not coded · ¶2 NONE · ¶3 2" in island.run().stdout


def test_a_reason_makes_up_for_missing_records(island):
    island.replace("data/citations.csv", "buoy-rings,letter,2\n", "")
    island.replace(LIST, "letter,1,Title\n", "letter,1,Title\nletter,2,Only a request\n")
    assert island.found() == []
    assert "Letter: ¶1–2 not coded · ¶3 2" in island.run().stdout


def test_a_blank_paragraph_needs_no_record(island):
    island.rewrite(
        "second.txt",
        "no questions” to whoever goes out in this weather.\n",
        "no questions” to whoever goes out in this weather.\n\n",
    )
    assert island.found() == []
    assert ("Letter", 4) not in island.coverage()


@pytest.mark.parametrize(
    "row",
    [
        "letter,1,",
        "letter,1, ",
        "leter,1,Title",
        "letter,9,Title",
        "letter,one,Title",
        "letter,1",
        "",
    ],
)
def test_a_row_of_the_list_must_name_a_paragraph_and_a_reason(island, row):
    island.replace(LIST, "letter,1,Title", row)
    assert (LIST, "list-row", 5) in {
        (issue["file"], issue["code"], issue["row"]) for issue in island.found()
    }


def test_the_list_needs_its_columns(island):
    island.replace(LIST, "source_id,paragraph,reason", "source,paragraph,reason")
    issue = next(issue for issue in island.found() if issue["file"] == LIST)
    assert issue["code"] == "list-header"
    assert "“source_id”, “paragraph”, “reason”" in issue["hint"]


def test_a_list_that_is_no_text_is_told(island):
    island.write(LIST, b"\xff\xfe\x00")
    assert "list-unreadable" in {issue["code"] for issue in island.found()}


def test_long_lines_are_broken_between_paragraphs(island):
    rows = "".join(f"letter,{number},Blank line\n" for number in range(4, 30, 2))
    island.rewrite("second.txt", "this weather.\n", "this weather.\n" + "One line.\n" * 26)
    island.replace("data/sources.csv", ",Letter,,1,3,", ",Letter,,1,29,")
    island.replace(LIST, "letter,1,Title\n", f"letter,1,Title\n{rows}")
    lines = island.run().stdout.split("\n\n")[0].splitlines()
    assert max(map(len, lines)) <= 96
    assert all(line.startswith("  ¶") for line in lines[4:])
