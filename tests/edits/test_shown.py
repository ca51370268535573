from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetpack.edits import shown
from sheetpack.edits.counts import Counts, in_words
from sheetpack.edits.excerpts import excerpts
from sheetpack.edits.model import CellChange, Changes, RowChange
from sheetpack.edits.telling_markdown import MOST_CHARACTERS
from sheetpack.edits.wrapping import columns, wrapped


def changed(*cells, key="storm", row=5, resource="goods"):
    found = tuple(CellChange(*cell) for cell in cells)
    return RowChange(resource, "changed", (key,), (key,), found, row, row)


def added(key="gale", resource="goods", **cells):
    found = tuple(CellChange(name, None, value) for name, value in cells.items())
    return RowChange(resource, "added", (key,), (key,), found, 0, 7)


def removed(key="calm", resource="goods", **cells):
    found = tuple(CellChange(name, value, None) for name, value in cells.items())
    return RowChange(resource, "removed", (key,), (key,), found, 8, 0)


def renamed(old="fog", new="mist"):
    cells = (CellChange("id", old, new),)
    return RowChange("goods", "renamed", (old,), (new,), cells, 3, 4)


EVERY_KIND = Changes(
    added=("places",),
    fields_removed={"people": ("age", "note")},
    rows=(
        changed(("size", "1", "2"), ("note", None, "new")),
        added(id="gale", size="3"),
        removed(id="calm"),
        renamed(),
        changed(("name", "Ann", None), resource="people", key="a"),
    ),
)
LINE = "1 sheet added, 2 columns removed, 1 row added, 1 removed, 2 changed (3 cells), 1 renamed."

rows = st.builds(
    RowChange,
    st.text(),
    st.sampled_from(["added", "removed", "changed", "renamed"]),
    st.tuples(st.none() | st.text()),
    st.tuples(st.none() | st.text()),
    st.lists(st.builds(CellChange, st.text(), st.none() | st.text(), st.none() | st.text())).map(
        tuple
    ),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
)
changes = st.builds(
    Changes,
    st.lists(st.text()).map(tuple),
    st.lists(st.text()).map(tuple),
    st.dictionaries(st.text(), st.lists(st.text(), min_size=1).map(tuple)),
    st.dictionaries(st.text(), st.lists(st.text(), min_size=1).map(tuple)),
    st.lists(rows).map(tuple),
)


def test_text_shows_every_kind_of_change_row_by_row_and_cell_by_cell():
    assert shown.text(EVERY_KIND).splitlines() == [
        "places: sheet added",
        "people: columns removed: age, note; 1 row changed (1 cell)",
        "goods: 1 row added, 1 removed, 1 changed (2 cells), 1 renamed",
        "",
        "people: columns removed: age, note; 1 row changed (1 cell)",
        "  ~ row 5, a",
        "      name: Ann → (blank)",
        "",
        "goods: 1 row added, 1 removed, 1 changed (2 cells), 1 renamed",
        "  ~ row 5, storm",
        "      size: 1 → 2",
        "      note: (blank) → new",
        "  + row 7, gale",
        "      id: gale",
        "      size: 3",
        "  - row 8, calm",
        "      id: calm",
        "  ~ renamed, row 4, fog → mist",
        "      id: fog → mist",
        "",
        LINE,
    ]


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (Counts(3, 1, 2, 4, 1), "3 rows added, 1 removed, 2 changed (4 cells), 1 renamed"),
        (Counts(changed=1, cells=1), "1 row changed (1 cell)"),
        (Counts(removed=1000), "1,000 rows removed"),
    ],
)
def test_counts_in_words_name_only_what_there_is(counts, words):
    assert in_words(counts) == words


def test_where_nothing_differs_every_format_says_so():
    assert shown.text(Changes()) == shown.markdown(Changes()) == "Nothing differs."
    assert json.loads(shown.as_json(Changes()))["summary"] == "Nothing differs."


def test_every_format_ends_with_how_much_differs():
    assert shown.text(EVERY_KIND).splitlines()[-1] == LINE
    assert shown.markdown(EVERY_KIND).splitlines()[-1] == LINE
    assert list(json.loads(shown.as_json(EVERY_KIND)).items())[-1] == ("summary", LINE)


def test_of_long_texts_only_the_words_that_changed_are_shown_with_those_around_them():
    before = "Once upon a time there lived a king who gave away cars. " * 10
    after = before.replace("gave away cars", "sold his cars", 1)
    text = shown.text(Changes(rows=(changed(("note", before, after)),)))
    assert text.splitlines()[3:5] == [
        "        - … there lived a king who gave away cars. Once upon a …",
        "        + … there lived a king who sold his cars. Once upon a …",
    ]


def test_a_column_name_stands_above_a_text_that_is_too_long_for_one_line():
    before = " ".join(f"word{number}" for number in range(40))
    lines = shown.text(Changes(rows=(changed(("note", before, None)),))).splitlines()
    assert lines[2] == "      note:"
    assert lines[3].startswith("        - word0 word1")
    assert "        + (blank)" in lines
    words = " ".join(line.strip(" -") for line in lines[3:-3])
    assert words == before, "nothing of it is left out"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("a", "a ", "a → “a ”"),
        ("(blank)", None, "“(blank)” → (blank)"),
        ("a\nb", "a\x1b[31mb", "a\\nb → a\\x1b[31mb"),
        ("a → b", "c", "“a → b” → c"),
        ("a b", "a\xa0b", "a b → a\\xa0b"),
    ],
)
def test_what_cannot_be_seen_or_could_be_mistaken_is_made_plain(old, new, line):
    assert f"      note: {line}" in shown.text(Changes(rows=(changed(("note", old, new)),)))


def test_spaces_that_differ_in_a_long_text_are_made_visible():
    before = "many words stand here before it " * 8 + "two  spaces"
    old, new = excerpts(before, before.replace("  ", " "))
    assert old.endswith("two␣␣spaces")
    assert new.endswith("two␣spaces")


def test_all_of_many_thousand_rows_are_shown():
    many = tuple(added(f"key-{number}", id=f"key-{number}") for number in range(5000))
    text = shown.text(Changes(rows=many))
    assert all(f"  + row 7, key-{number}\n" in text for number in range(5000))


@given(changes)
def test_text_has_only_lines_that_fit_and_move_no_cursor(found):
    *lines, _ = shown.text(found).split("\n")
    for line in lines:
        assert columns(line) <= 80
        assert line.isprintable()


@given(changes)
def test_json_gives_back_everything(found):
    told = json.loads(shown.as_json(found))
    told_rows = [
        RowChange(
            resource["name"],
            row["change"],
            tuple(row["key"]),
            tuple(row["new_key"]),
            tuple(CellChange(**cell) for cell in row["cells"]),
            row["old_row"],
            row["new_row"],
        )
        for resource in told["resources"]
        for row in resource["rows"]
    ]
    order = {row.resource: at for at, row in reversed(list(enumerate(found.rows)))}
    names = [resource["name"] for resource in told["resources"]]
    assert sorted(map(repr, told_rows)) == sorted(map(repr, found.rows))
    assert set(order) <= set(names)
    assert (tuple(told["added"]), tuple(told["removed"])) == (found.added, found.removed)
    fields = {each["name"]: tuple(each["fields_added"]) for each in told["resources"]}
    assert {name: each for name, each in fields.items() if each} == found.fields_added


def test_a_line_is_painted_by_what_it_is():
    painted = shown.text(EVERY_KIND, paint=lambda line, what: f"<{what}>{line}")
    assert "<heading>goods: 1 row" in painted
    assert "<added>  + row 7, gale" in painted
    assert "<added>      size: 3" in painted
    assert "<removed>  - row 8, calm" in painted
    assert "<changed>  ~ row 5, storm" in painted


def test_markdown_has_an_overview_and_a_folded_table_for_each_sheet():
    lines = shown.markdown(EVERY_KIND).splitlines()
    assert "| places |  |  |  |  | sheet added |" in lines
    assert "| goods | 1 | 1 | 1 | 1 |  |" in lines
    assert "| people |  |  | 1 |  | columns removed: age, note |" in lines
    at = lines.index("<summary>people: 1 row changed (1 cell)</summary>")
    assert lines[at - 1 : at + 6] == [
        "<details>",
        lines[at],
        "",
        "| Change | Row and key | Cells |",
        "|---|---|---|",
        "| Changed | row 5, a | **name:** Ann → *(blank)* |",
        "</details>",
    ]


@pytest.mark.parametrize(
    "text",
    ["<script>", "a|b", "[x](y)", "`x`", "*x*", "# x", "a\\|b", "!x", "@all", "#12", "two\nlines"],
)
def test_markdown_in_a_cell_stays_text(text):
    row = RowChange("goods", "changed", (text,), (text,), (CellChange(text, text, None),), 1, 1)
    lines = shown.markdown(Changes(rows=(row,))).splitlines()
    (line,) = [line for line in lines if line.startswith("| Changed")]
    plain = re.sub(r"\\(.)", "", line).replace("<!-- -->", "\0")
    assert plain.count("|") == 4
    assert not set("<>[]`#!") & set(plain.replace("\0", ""))
    assert not re.search(r"@\w|#\w", plain)


def test_a_name_in_html_is_escaped_as_html():
    text = shown.markdown(Changes(rows=(added(resource="</summary><b>&"),)))
    assert "<summary>&lt;/summary&gt;&lt;b&gt;&amp;: 1 row added</summary>" in text


@pytest.mark.parametrize("count", [1, 2_000, 20_000])
def test_markdown_fits_a_comment_and_says_how_many_rows_it_does_not_show(count):
    many = tuple(added(f"key-{number}", note="@" * 50) for number in range(count))
    text = shown.markdown(Changes(rows=many))
    assert len(text) <= MOST_CHARACTERS
    left_out = re.findall(r"([\d,]+) rows are not shown here", text)
    here = text.count("| Added | row")
    assert here + (int(left_out[0].replace(",", "")) if left_out else 0) == count
    assert bool(left_out) == (count > 1)


def test_a_row_that_is_too_long_to_be_shown_in_markdown_is_counted():
    cells = {f"field-{number}": "x" * 40_000 for number in range(500)}
    text = shown.markdown(Changes(rows=(added(**cells),)))
    assert len(text) <= MOST_CHARACTERS
    assert "x… (40000 characters)" in text
    assert "cells more" in text


@given(changes, st.integers(1_000, 5_000))
def test_markdown_is_never_longer_than_it_may_be(found, most):
    assert len(shown.markdown(found, most)) <= most


def test_sheets_for_which_markdown_has_no_room_are_counted():
    names = tuple(f"sheet-{number}-{'x' * 190}" for number in range(1000))
    text = shown.markdown(Changes(added=names))
    assert len(text) <= MOST_CHARACTERS
    listed = text.count("| sheet added |")
    assert f"{1000 - listed} sheets not listed here" in text


@given(st.text("ab ."), st.text("ab ."))
def test_excerpts_are_alike_only_if_the_texts_are(old, new):
    before, after = excerpts(old, new)
    assert (before == after) == (old == new)


def test_texts_of_very_many_words_are_compared_in_bounded_steps(monkeypatch):
    monkeypatch.setattr("sheetpack.edits.excerpts.MOST_PAIRS", 4)
    assert excerpts("a b c d e f g", "a X c d Y f g") == ("a b c d e f g", "a X c d Y f g")


@given(st.text(), st.integers(10, 90))
def test_wrapping_loses_no_word(text, width):
    text = shown_text(text)
    lines = list(wrapped(text, width, "> ", "  "))
    assert "".join(line[2:] for line in lines).replace(" ", "") == text.replace(" ", "")
    assert all(columns(line) <= width for line in lines)


def shown_text(text):
    return "".join(character for character in text if character.isprintable())
