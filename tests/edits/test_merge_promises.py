"""What holds for any three sides, valid or not: keys blank and repeated, references to nothing."""

from __future__ import annotations

from collections import Counter

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sheetpack.edits import renames
from sheetpack.edits.diff import compare
from sheetpack.edits.merge import merge
from sheetpack.edits.model import Grid, Line, Link, Shape
from tests.edits.followed import follow

SHAPES = {
    "people": Shape(("id",), (Link(("boss",), "people", ("id",)),), shared_ids=True),
    "places": Shape(("id",), shared_ids=True),
    "parts": Shape(("person", "part"), (Link(("person",), "people", ("id",)),), any_id=("about",)),
    "notes": Shape(any_id=("about",)),
}
FIELDS = {
    "people": ("id", "name", "town", "boss"),
    "places": ("id", "name"),
    "parts": ("person", "part", "about"),
    "notes": ("about", "text"),
}
IDS = st.sampled_from(["a", "b", "c", "d", None])
CELLS = {
    "id": IDS,
    "boss": IDS,
    "person": IDS,
    "about": IDS,
    "part": st.sampled_from(["1", "2"]),
    "name": st.sampled_from(["Ann", "Bob", "Cy", "Di", "Ed", None]),
    "town": st.sampled_from(["Rome", "Oslo", None]),
    "text": st.sampled_from(["x", "y", None]),
}


def numbered(fields, rows):
    return Grid(fields, [Line(tuple(row), number) for number, row in enumerate(rows, start=2)])


@st.composite
def sides(draw):
    """A side of which anything may be true."""
    side = {}
    for name, fields in FIELDS.items():
        rows = st.lists(st.tuples(*(CELLS[field] for field in fields)), max_size=5)
        side[name] = numbered(fields, draw(rows))
    return side


@st.composite
def edits(draw, side):
    """The side after some edits such as people make."""
    rows = {name: [list(line.cells) for line in grid.lines] for name, grid in side.items()}
    for _ in range(draw(st.integers(0, 4))):
        name = draw(st.sampled_from(list(FIELDS)))
        table, fields = rows[name], FIELDS[name]
        row = draw(st.integers(0, len(table)))
        what = draw(st.sampled_from(["delete", "insert", "change", "rename", "sort"]))
        if what == "insert":
            table.insert(row, [draw(CELLS[field]) for field in fields])
        elif what == "sort":
            rows[name] = draw(st.permutations(table))
        elif row == len(table):
            continue
        elif what == "delete":
            del table[row]
        elif what == "change":
            at = draw(st.integers(0, len(fields) - 1))
            table[row][at] = draw(CELLS[fields[at]])
        else:
            table[row][0] = draw(st.sampled_from(["new", "newer"]))
    return {name: numbered(FIELDS[name], table) for name, table in rows.items()}


@st.composite
def histories(draw):
    """Three sides: made from each other by edits, or of nothing in common."""
    base = draw(sides())
    if draw(st.booleans()):
        return base, draw(edits(base)), draw(edits(base))
    return base, draw(sides()), draw(sides())


def cells(rows):
    return [row.cells for row in rows]


def all_cells(side):
    return {name: Counter(cells(grid.lines)) for name, grid in side.items()}


def result(made):
    return {name: Counter(cells(rows)) for name, rows in made.rows.items()}


@settings(deadline=None)
@given(histories())
def test_an_unedited_workbook_changes_nothing(history):
    base, _, current = history
    made = merge(SHAPES, base, base, current)
    assert {name: cells(rows) for name, rows in made.rows.items()} == {
        name: cells(grid.lines) for name, grid in current.items()
    }
    assert not made.conflicts


@settings(deadline=None)
@given(histories())
def test_where_only_the_workbook_was_edited_it_is_the_result_with_its_references_followed(history):
    base, edited, _ = history
    made = merge(SHAPES, base, edited, base)
    followed = follow(SHAPES, edited, renames.find(SHAPES, base, edited))
    assert result(made) == all_cells(followed)
    assert not made.conflicts


@settings(deadline=None)
@given(histories())
def test_where_both_sides_are_alike_they_are_the_result(history):
    base, edited, _ = history
    made = merge(SHAPES, base, edited, edited)
    assert {name: cells(rows) for name, rows in made.rows.items()} == {
        name: cells(grid.lines) for name, grid in edited.items()
    }
    assert not made.conflicts


@settings(max_examples=200, deadline=None)
@given(histories())
def test_it_does_not_matter_which_side_was_the_workbook(history):
    base, edited, current = history
    sides_cells = [[cells(side[name].lines) for name in FIELDS] for side in history]
    assume(sides_cells[0] not in sides_cells[1:])  # an unedited side isn't even mended
    assume(not foretold(base, edited, current))
    one, other = merge(SHAPES, base, edited, current), merge(SHAPES, base, current, edited)
    assert len(one.conflicts) == len(other.conflicts)
    if not one.conflicts:
        assert result(one) == result(other)
    theirs = merge(SHAPES, base, current, edited, lambda conflict: "theirs")
    ours = merge(SHAPES, base, edited, current, lambda conflict: "ours")
    assert result(theirs) == result(ours)
    assert not theirs.conflicts and not ours.conflicts


def foretold(base, *others):
    """Does a side refer to a key, of no row of its own, that another side renames a row to?

    Which of two keys is taken then decides what such a cell refers to.
    """
    made = [renames.find(SHAPES, base, side) for side in others]
    new = [{key[0] for each in one.values() for key in each.values()} for one in made]
    return any(
        line.cells[at] in set().union(*new) - own
        for side, own in zip((base, *others), (set(), *new), strict=True)
        for name, grid in side.items()
        for at, field in enumerate(FIELDS[name])
        if side is base or field in ("boss", "person", "about")
        for line in grid.lines
    )


@settings(max_examples=200, deadline=None)
@given(histories())
def test_no_row_of_any_side_is_lost_in_silence(history):
    base, edited, current = history
    made = merge(SHAPES, base, edited, current)
    found = [renames.find(SHAPES, base, side) for side in (edited, current)]
    in_base = [all_cells(form) for form in forms(base, *found)]
    for side, row in ((edited, "edited_row"), (current, "current_row")):
        written = forms(side, *found)
        for name in FIELDS:
            told = [each for each in made.conflicts if each.resource == name]
            kept = {getattr(each, row) for each in [*made.rows[name], *told]}
            for at, line in enumerate(side[name].lines):
                unchanged = any(
                    known[name][form[name].lines[at].cells] for form in written for known in in_base
                )
                assert line.row in kept or unchanged


def forms(side, one, other):
    """The side as it is, and with keys followed that were renamed on one side or on both."""
    first, second = follow(SHAPES, side, one), follow(SHAPES, side, other)
    both = follow(SHAPES, first, other), follow(SHAPES, second, one)
    return [side, first, second, *both]


@settings(max_examples=200, deadline=None)
@given(histories())
def test_changes_applied_to_the_old_side_give_the_new_one(history):
    old, _, new = history
    rows = {name: {line.row: list(line.cells) for line in old[name].lines} for name in FIELDS}
    added = {name: [] for name in FIELDS}
    for change in compare(SHAPES, old, new).rows:
        fields = FIELDS[change.resource]
        if change.kind == "removed":
            row = rows[change.resource].pop(change.old_row)
        elif change.kind == "added":
            row = [None] * len(fields)
            added[change.resource].append(row)
        else:
            row = rows[change.resource][change.old_row]
        for cell in change.cells:
            assert row[fields.index(cell.field)] == cell.old
            row[fields.index(cell.field)] = cell.new
    for name, grid in new.items():
        made = [tuple(row) for row in [*rows[name].values(), *added[name]]]
        assert Counter(made) == Counter(cells(grid.lines))


@settings(deadline=None)
@given(sides(), st.randoms())
def test_the_order_of_rows_is_no_change(side, random):
    mixed = {}
    for name, grid in side.items():
        if len({line.cells[:2] for line in grid.lines}) < len(grid.lines):
            mixed[name] = grid
            continue
        lines = list(grid.lines)
        random.shuffle(lines)
        mixed[name] = Grid(grid.fields, lines)
    repeated = {
        name for name, grid in side.items() if any(k > 1 for k in _times(name, grid).values())
    }
    changes = compare(SHAPES, side, mixed)
    assert {change.resource for change in changes.rows} <= repeated


def _times(name, grid):
    at = [FIELDS[name].index(field) for field in SHAPES[name].key]
    return Counter(tuple(line.cells[i] for i in at) for line in grid.lines)
