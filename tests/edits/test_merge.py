"""Three sides become one: every case with its outcome.

In the tables each case is written as base, edited, current → result, and each conflict as
key, field, then the cell in the base, in the data now and in the workbook.
"""

from __future__ import annotations

import pytest

from sheetpack.edits.merge import merge
from sheetpack.edits.model import Grid, Line
from tests.edits.written import SHAPES, grid, rows_of, told


def merged(name, fields, base, edited, current, decide=lambda conflict: None):
    """Rows and conflicts of a resource merged by itself."""
    sides = ({name: grid(fields, *rows)} for rows in (base, edited, current))
    made = merge(SHAPES, *sides, decide)
    return rows_of(made.rows[name]), told(made.conflicts)


def case(name, base, edited, current, rows, *conflicts):
    return pytest.param(base, edited, current, rows, list(conflicts), id=name)


KEYED = [
    case("nothing changed", ["a|1|x"], ["a|1|x"], ["a|1|x"], ["a|1|x"]),
    # cells
    case("changed in the workbook", ["a|1|x"], ["a|2|x"], ["a|1|x"], ["a|2|x"]),
    case("changed in the data", ["a|1|x"], ["a|1|x"], ["a|2|x"], ["a|2|x"]),
    case("changed alike", ["a|1|x"], ["a|2|x"], ["a|2|x"], ["a|2|x"]),
    case("other cells of a row", ["a|1|x"], ["a|2|x"], ["a|1|y"], ["a|2|y"]),
    case(
        "changed differently",
        *(["a|1|x"], ["a|2|x"], ["a|3|x"], ["a|3|x"]),
        ("a", "n", "1", "3", "2"),
    ),
    case(
        "changed differently and other cells",
        *(["a|1|x"], ["a|2|y"], ["a|3|x"], ["a|3|y"]),
        ("a", "n", "1", "3", "2"),
    ),
    case("made blank", ["a|1|x"], ["a||x"], ["a|1|x"], ["a||x"]),
    case("filled in", ["a||x"], ["a|1|x"], ["a||x"], ["a|1|x"]),
    case(
        "made blank against changed",
        *(["a|1|x"], ["a||x"], ["a|2|x"], ["a|2|x"]),
        ("a", "n", "1", "2", None),
    ),
    # rows
    case("row deleted in the workbook", ["a|1|", "b|2|"], ["b|2|"], ["a|1|", "b|2|"], ["b|2|"]),
    case("row deleted in the data", ["a|1|", "b|2|"], ["a|1|", "b|2|"], ["b|2|"], ["b|2|"]),
    case("row deleted in both", ["a|1|", "b|2|"], ["b|2|"], ["b|2|"], ["b|2|"]),
    case(
        "deleted in the workbook against changed",
        *(["a|1|", "b|2|"], ["b|2|"], ["a|3|", "b|2|"], ["a|3|", "b|2|"]),
        ("a", "", None, "changed", "removed"),
    ),
    case(
        "deleted in the data against changed",
        *(["a|1|", "b|2|"], ["a|3|", "b|2|"], ["b|2|"], ["b|2|"]),
        ("a", "", None, "removed", "changed"),
    ),
    case("all deleted", ["a|1|", "b|2|"], [], ["a|1|", "b|2|"], []),
    case("row added in the workbook", ["a|1|"], ["a|1|", "b|2|"], ["a|1|"], ["a|1|", "b|2|"]),
    case("row added in the data", ["a|1|"], ["a|1|"], ["a|1|", "b|2|"], ["a|1|", "b|2|"]),
    case("added twice alike", [], ["b|2|x"], ["b|2|x"], ["b|2|x"]),
    case(
        "added twice differently",
        *([], ["b|2|x"], ["b|3|x"], ["b|3|x"]),
        ("b", "n", None, "3", "2"),
    ),
    case(
        "added twice, blank in one",
        *([], ["b|2|x"], ["b||x"], ["b||x"]),
        ("b", "n", None, None, "2"),
    ),
    case(
        "different rows added",
        ["a|1|"],
        ["a|1|", "b|2|"],
        ["a|1|", "c|3|"],
        ["a|1|", "b|2|", "c|3|"],
    ),
    # keys
    case("renamed in the workbook", ["a|1|x"], ["z|1|x"], ["a|1|x"], ["z|1|x"]),
    case("renamed in the data", ["a|1|x"], ["a|1|x"], ["z|1|x"], ["z|1|x"]),
    case("renamed alike", ["a|1|x"], ["z|1|x"], ["z|1|x"], ["z|1|x"]),
    case("renamed against changed", ["a|1|x"], ["z|1|x"], ["a|2|x"], ["z|2|x"]),
    case("changed against renamed", ["a|1|x"], ["a|2|x"], ["z|1|x"], ["z|2|x"]),
    case(
        "renamed differently",
        *(["a|1|x"], ["z|1|x"], ["y|1|x"], ["y|1|x"]),
        ("y", "", "a", "y", "z"),
    ),
    case(
        "renamed against deleted",
        *(["a|1|x", "b|2|y"], ["z|1|x", "b|2|y"], ["b|2|y"], ["b|2|y"]),
        ("z", "", "a", "removed", "z"),
    ),
    case(
        "deleted against renamed",
        *(["a|1|x", "b|2|y"], ["b|2|y"], ["z|1|x", "b|2|y"], ["z|1|x", "b|2|y"]),
        ("z", "", "a", "z", "removed"),
    ),
    case(
        "renamed to what another row is called now",
        *(["a|1|x"], ["z|1|x"], ["a|1|x", "z|7|q"], ["z|1|x", "z|7|q"]),
    ),
    case("a key repeated", ["a|1|", "a|2|"], ["a|1|", "a|3|"], ["a|4|", "a|2|"], ["a|4|", "a|3|"]),
    case("a blank key", ["|1|x", "|2|y"], ["|2|y", "|1|x"], ["|1|x", "|2|y"], ["|1|x", "|2|y"]),
    case("a blank key added twice", [], ["|1|x"], ["|1|x"], ["|1|x"]),
    case(
        "blank keys added, some of them twice",
        *([], ["|1|x", "|2|y"], ["|2|y", "|3|z"], ["|1|x", "|2|y", "|3|z"]),
    ),
    # order
    case("sorted anew", ["a|1|", "b|2|"], ["b|2|", "a|3|"], ["a|1|", "b|2|"], ["a|3|", "b|2|"]),
    case(
        "a new row stands behind the one before it",
        *(["a|1|", "b|2|"], ["a|1|", "n|5|", "m|6|", "b|2|"], ["a|1|", "c|3|", "b|2|"]),
        ["a|1|", "n|5|", "m|6|", "c|3|", "b|2|"],
    ),
    case(
        "a new row at the top",
        *(["a|1|"], ["n|5|", "a|1|"], ["c|3|", "a|1|"], ["n|5|", "c|3|", "a|1|"]),
    ),
    case(
        "a new row behind a deleted one",
        *(["a|1|", "b|2|"], ["a|1|", "b|2|", "n|5|"], ["a|1|"], ["a|1|", "n|5|"]),
    ),
    case(
        "a new row of a sorted sheet stands at the end",
        *(["a|1|", "b|2|"], ["b|2|", "n|5|", "a|1|"], ["a|1|", "b|2|"]),
        ["a|1|", "b|2|", "n|5|"],
    ),
]


@pytest.mark.parametrize(("base", "edited", "current", "rows", "conflicts"), KEYED)
def test_rows_with_a_key_merge(base, edited, current, rows, conflicts):
    assert merged("pets", "pet n m", base, edited, current) == (rows, conflicts)


COMPOSITE = [
    case("changed on both sides", ["a|1|x|y"], ["a|1|z|y"], ["a|1|x|q"], ["a|1|z|q"]),
    case("renamed against changed", ["a|1|x|y"], ["a|2|x|y"], ["a|1|x|q"], ["a|2|x|q"]),
    case(
        "renamed differently, each in another part",
        *(["a|1|x|y"], ["a|2|x|y"], ["b|1|x|y"], ["b|1|x|y"]),
        ("b/1", "", "a / 1", "b / 1", "a / 2"),
    ),
    case(
        "added twice differently",
        *([], ["a|1|x|y"], ["a|1|z|y"], ["a|1|z|y"]),
        ("a/1", "n", None, "z", "x"),
    ),
    case(
        "deleted against changed",
        *(["a|1|x|y"], [], ["a|1|z|y"], ["a|1|z|y"]),
        ("a/1", "", None, "changed", "removed"),
    ),
    case("one part is blank", ["a||x|y"], ["a||z|y"], ["a||x|q"], ["a||z|q"]),
]


@pytest.mark.parametrize(("base", "edited", "current", "rows", "conflicts"), COMPOSITE)
def test_rows_with_a_key_of_several_parts_merge(base, edited, current, rows, conflicts):
    assert merged("parts", "person part n m", base, edited, current) == (rows, conflicts)


KEYLESS = [
    case("changed in the workbook", ["1|x", "2|y"], ["1|x", "2|z"], ["1|x", "2|y"], ["1|x", "2|z"]),
    case("other cells of a row", ["1|x|p"], ["1|x|q"], ["2|x|p"], ["2|x|q"]),
    case(
        "changed differently",
        *(["1|x|p"], ["1|x|q"], ["1|x|r"], ["1|x|r"]),
        ("", "o", "p", "r", "q"),
    ),
    case("deleted", ["1|x", "2|y"], ["2|y"], ["1|x", "2|y"], ["2|y"]),
    case(
        "deleted against changed",
        *(["1|x|p", "2|y|p"], ["2|y|p"], ["1|x|q", "2|y|p"], ["1|x|q", "2|y|p"]),
        ("", "", None, "changed", "removed"),
    ),
    case("added twice alike", ["1|x"], ["1|x", "2|y"], ["1|x", "2|y"], ["1|x", "2|y"]),
    case("different rows added", ["1|x"], ["1|x", "2|y"], ["1|x", "3|z"], ["1|x", "2|y", "3|z"]),
    case("one of several equal rows deleted", ["1|x"] * 3, ["1|x"] * 2, ["1|x"] * 3, ["1|x"] * 2),
    case("sorted anew", ["1|x", "2|y"], ["2|y", "1|x"], ["1|x", "2|y"], ["1|x", "2|y"]),
]


@pytest.mark.parametrize(("base", "edited", "current", "rows", "conflicts"), KEYLESS)
def test_rows_without_a_key_merge(base, edited, current, rows, conflicts):
    fields = "n m o" if any(row.count("|") == 2 for row in base) else "n m"
    assert merged("notes", fields, base, edited, current) == (rows, conflicts)


def texts(made):
    return {name: rows_of(rows) for name, rows in made.rows.items()}


@pytest.mark.parametrize(
    ("choice", "rows"),
    [("ours", ["a|3|x", "b|8|", "d|9|"]), ("theirs", ["a|2|x", "c|5|", "d|9|"])],
)
def test_what_is_decided_is_no_conflict_any_more(choice, rows):
    base = ["a|1|x", "b|2|", "c|3|", "d|4|"]
    edited = ["a|2|x", "c|5|", "d|4|"]
    current = ["a|3|x", "b|8|", "d|9|"]
    made = merged("pets", "pet n m", base, edited, current, lambda conflict: choice)
    assert made == (rows, [])


def test_each_conflict_is_asked_about_once_and_told_in_the_order_of_the_rows():
    asked = []
    base = ["a|1|x", "b|2|y", "c|3|z"]
    edited = ["a|5|x", "b|5|y", "y|3|z"]
    current = ["b|6|y", "a|6|x", "z|3|z"]
    _, conflicts = merged("pets", "pet n m", base, edited, current, asked.append)
    assert [(each[0], each[1]) for each in conflicts] == [("b", "n"), ("a", "n"), ("z", "")]
    assert sorted(told(asked)) == sorted(conflicts)


def test_rows_and_conflicts_say_where_they_stand_on_both_sides():
    base = {"pets": grid("pet n", "a|1", "b|2", "c|3", "d|4")}
    edited = {"pets": grid("pet n", "d|9", "a|5", "e|6", "c|7")}
    current = {"pets": grid("pet n", "f|1", "a|6", "b|8", "d|4")}
    made = merge(SHAPES, base, edited, current)
    assert [(row.cells[0], row.current_row, row.edited_row) for row in made.rows["pets"]] == [
        ("f", 2, 0),
        ("a", 3, 3),
        ("b", 4, 0),
        ("d", 5, 2),
        ("e", 0, 4),
    ]
    assert [(each.key[0], each.current_row, each.edited_row) for each in made.conflicts] == [
        ("a", 3, 3),
        ("b", 4, 0),
        ("c", 0, 5),
    ]


@pytest.mark.parametrize(
    ("name", "fields", "edited", "current", "rows", "conflicts"),
    [
        pytest.param(
            *("pets", "pet n m"),
            ["a|1|x", "b|2|"],
            ["a|2|x", "c|3|"],
            ["a|2|x", "b|2|", "c|3|"],
            [("a", "n", None, "2", "1")],
            id="with keys",
        ),
        pytest.param(
            *("notes", "n m o"),
            ["a|1|x", "b|2|y"],
            ["a|1|x", "b|3|y"],
            ["a|1|x", "b|3|y"],
            [("", "m", None, "3", "2")],
            id="without keys",
        ),
    ],
)
def test_without_a_base_nothing_is_removed_or_overwritten(
    name, fields, edited, current, rows, conflicts
):
    made = merge(SHAPES, {}, {name: grid(fields, *edited)}, {name: grid(fields, *current)})
    assert (rows_of(made.rows[name]), told(made.conflicts)) == (rows, conflicts)


def test_a_resource_that_the_data_has_no_more_keeps_what_was_edited_in_sight():
    base = {"pets": grid("pet n", "a|1", "b|2")}
    edited = {"pets": grid("pet n", "a|1", "b|3", "c|4")}
    assert texts(merge(SHAPES, base, base, {})) == {}
    made = merge(SHAPES, base, edited, {})
    assert texts(made) == {"pets": ["c|4"]}
    assert told(made.conflicts) == [("b", "", None, "removed", "changed")]


def test_a_field_that_the_workbook_lacks_is_unchanged():
    base = {"pets": grid("pet n m", "a|1|x")}
    edited = {"pets": grid("m pet", "y|a", "z|b")}
    current = {"pets": grid("pet n m", "a|2|x")}
    made = merge(SHAPES, base, edited, current)
    assert texts(made) == {"pets": ["a|2|y", "b||z"]}
    assert not made.conflicts


def test_a_field_that_the_base_lacks_counts_as_added_on_both_sides():
    base = {"pets": grid("pet", "a", "b")}
    edited = {"pets": grid("pet n", "a|1", "b|2")}
    current = {"pets": grid("n pet", "1|a", "3|b")}
    made = merge(SHAPES, base, edited, current)
    assert texts(made) == {"pets": ["1|a", "3|b"]}
    assert told(made.conflicts) == [("b", "n", None, "3", "2")]


def test_what_stands_in_a_field_that_the_data_has_no_more_is_left_out():
    base = {"pets": grid("pet n", "a|1", "b|2")}
    edited = {"pets": grid("pet n", "a|1", "b|3", "c|4", "d|")}
    current = {"pets": grid("pet", "a", "b")}
    made = merge(SHAPES, base, edited, current)
    assert texts(made) == {"pets": ["a", "b", "c", "d"]}
    assert not made.conflicts


def test_a_row_with_cells_in_a_new_field_is_not_deleted_without_asking():
    base = {"pets": grid("pet", "a", "b")}
    edited = {"pets": grid("pet")}
    current = {"pets": grid("pet n", "a|1", "b|")}
    made = merge(SHAPES, base, edited, current)
    assert texts(made) == {"pets": ["a|1"]}
    assert told(made.conflicts) == [("a", "", None, "changed", "removed")]


def test_a_hundred_thousand_rows_that_are_all_alike_are_no_trouble():
    def many(size):
        return {"notes": Grid(("about", "text"), [Line((None, "x"), at) for at in range(size)])}

    made = merge(SHAPES, many(100_000), many(100_001), many(99_999))
    assert len(made.rows["notes"]) == 100_000
