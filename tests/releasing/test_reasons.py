"""Each rank by one change, planted in a copy of the same package."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from sheetpack.releasing import reasons
from sheetpack.releasing.version import RANKS, highest
from tests.releasing.shop import DATA, Shop, content, reference
from tests.samples import resource

STABILITY = Path(__file__).parents[2] / "docs" / "stability.md"
PEOPLE, ORDERS, LINES, NOTE = range(4)


def fields(said, at):
    return said["resources"][at]["schema"]["fields"]


def without_mail(shop):
    said = shop.said()
    del fields(said, PEOPLE)[2]
    shop.describe(said)
    shop.replace("people.csv", DATA["people.csv"], "id,name\nada,Ada\nbob,Bob\n")


def column_between(shop):
    said = shop.said()
    fields(said, PEOPLE).insert(1, {"name": "age", "type": "integer"})
    shop.describe(said)
    text = "id,age,name,mail\nada,,Ada,a@example.org\nbob,,Bob,\n"
    shop.replace("people.csv", DATA["people.csv"], text)


def column_at_the_end(shop):
    said = shop.said()
    fields(said, PEOPLE).append({"name": "age", "type": "integer"})
    shop.describe(said)
    text = "id,name,mail,age\nada,Ada,a@example.org,36\nbob,Bob,,\n"
    shop.replace("people.csv", DATA["people.csv"], text)


def another_order(shop):
    said = shop.said()
    fields(said, PEOPLE)[1:] = fields(said, PEOPLE)[:0:-1]
    shop.describe(said)
    text = "id,mail,name\nada,a@example.org,Ada\nbob,,Bob\n"
    shop.replace("people.csv", DATA["people.csv"], text)


def another_name(shop):
    said = shop.said()
    fields(said, PEOPLE)[2]["name"] = "email"
    shop.describe(said)
    shop.replace("people.csv", "mail", "email")


def key_with_another_name(shop):
    said = shop.said()
    fields(said, PEOPLE)[0]["name"] = "person_id"
    said["resources"][PEOPLE]["schema"]["primaryKey"] = ["person_id"]
    key = said["resources"][ORDERS]["schema"]["foreignKeys"][0]
    key["reference"]["fields"] = ["person_id"]
    shop.describe(said)
    shop.replace("people.csv", "id,", "person_id,")
    shop.replace("extra.sql", "SELECT id FROM people ORDER BY id", "SELECT name FROM people")


def described(change):
    """A change of the descriptor alone."""

    def plant(shop):
        said = shop.said()
        change(said)
        shop.describe(said)

    return plant


def set_in(at, field, **more):
    return described(lambda said: fields(said, at)[field].update(more))


def schema(at, **more):
    return described(lambda said: said["resources"][at]["schema"].update(more))


def with_resource(shop):
    said = shop.said()
    said["resources"].append(resource("rooms", ["id"], ["id"]))
    shop.describe(said)
    (shop.folder / "rooms.csv").write_text("id\nhall\n")


def moved(shop):
    (shop.folder / "people.csv").rename(shop.folder / "persons.csv")
    described(lambda said: said["resources"][PEOPLE].update(path="persons.csv"))(shop)


def with_semicolons(shop):
    described(lambda said: said["resources"][PEOPLE].update(dialect={"delimiter": ";"}))(shop)
    text = DATA["people.csv"]
    shop.replace("people.csv", text, text.replace(",", ";"))


def cells(name, old, new):
    return lambda shop: shop.replace(name, old, new)


def new_id(shop):
    shop.replace("people.csv", "ada,", "ada-l,")
    shop.replace("orders.csv", ",ada,", ",ada-l,")


def other_reference(shop):
    said = shop.said()
    said["resources"].append(resource("clients", ["id"], ["id"]))
    said["resources"][ORDERS]["schema"]["foreignKeys"] = [reference("person", "clients")]
    shop.describe(said)
    (shop.folder / "clients.csv").write_text("id\nada\nbob\n")


def code_gone(shop):
    shop.replace("orders.csv", "bob,old", "bob,new")
    set_in(ORDERS, 2, constraints={"enum": ["new"]})(shop)


CASES = {
    "a column is gone": (without_mail, "major", "people: the column mail is gone"),
    "renamed": (another_name, "major", "people: the column mail is now called email"),
    "key renamed": (key_with_another_name, "major", "the column id is now called person_id"),
    "reordered": (another_order, "major", "people: the columns stand in another order"),
    "inserted": (column_between, "major", "people: new column age between the others"),
    "retyped": (set_in(LINES, 1, type="number"), "major", "another kind: integer → number"),
    "another format": (set_in(PEOPLE, 2, format="email"), "major", "string → string (email)"),
    "blanks": (schema(PEOPLE, missingValues=["", "-"]), "major", "the column id is to be read in"),
    "key": (schema(LINES, primaryKey=["order", "number", "text"]), "major", "+ number + text"),
    "unique": (schema(LINES, uniqueKeys=[["text"]]), "major", "which columns are unique together"),
    "reference": (
        schema(PEOPLE, foreignKeys=[reference("id", "people")]),
        "major",
        "people: id refers to people, and did not before",
    ),
    "no reference": (schema(ORDERS, foreignKeys=[]), "major", "no longer so that person refers to"),
    "other reference": (other_reference, "major", "orders: person refers to clients, and did not"),
    "code gone": (code_gone, "major", "orders: the column kind no longer knows old"),
    "code": (
        set_in(ORDERS, 2, constraints={"enum": ["new", "old", "lost"]}),
        "minor",
        "orders: the column kind also knows lost",
    ),
    "licence": (
        described(lambda said: said.update(licenses=[{"name": "CC-BY-4.0"}])),
        "major",
        "the licence of the package: CC0-1.0 → CC-BY-4.0",
    ),
    "licence of a sheet": (
        described(lambda said: said["resources"][0].update(licenses=[{"name": "ODbL-1.0"}])),
        "major",
        "people: the licence: none → ODbL-1.0",
    ),
    "name": (described(lambda said: said.update(name="store")), "major", "shop → store"),
    "resource gone": (
        described(lambda said: said["resources"].pop(LINES)),
        "major",
        "lines: the sheet is gone",
    ),
    "file gone": (
        described(lambda said: said["resources"].pop(NOTE)),
        "major",
        "note: the file is gone",
    ),
    "moved": (moved, "major", "people: where the file lies"),
    "semicolons": (with_semicolons, "major", "people: how the cells are set apart in the file"),
    "view gone": (
        described(lambda said: said["sheetpack"]["views"].pop()),
        "major",
        "the reading sheet extra is gone",
    ),
    "no CSV": (
        described(lambda said: said["sheetpack"]["views"][0].update(outputs=["sheet"])),
        "major",
        "by-kind is no longer given as csv",
    ),
    "another id": (new_id, "major", "people: 1 row with another id"),
    "resource": (with_resource, "minor", "rooms: new sheet with 1 row"),
    "column at the end": (column_at_the_end, "minor", "people: new column age at the end"),
    "row": (cells("people.csv", "bob,Bob,\n", "bob,Bob,\neve,Eve,\n"), "minor", "1 row added"),
    "row gone": (cells("lines.csv", "o2,1,Salt\n", ""), "minor", "lines: 1 row removed"),
    "row of no id renamed": (cells("lines.csv", "o1,2", "o1,3"), "minor", "1 row with another key"),
    "view": (
        described(
            lambda said: said["sheetpack"]["views"].append({"name": "a", "path": "extra.sql"})
        ),
        "minor",
        "new reading sheet a",
    ),
    "allowed": (set_in(PEOPLE, 1, constraints={"maxLength": 9}), "minor", "may hold: maxLength"),
    "cell": (cells("people.csv", "Bob", "Rob"), "patch", "people: 1 row corrected (1 cell)"),
    "title": (described(lambda said: said.update(title="x")), "patch", "the package: title"),
    "column described": (set_in(PEOPLE, 1, description="x"), "patch", "said of the column name"),
    "sheet described": (
        described(lambda said: said["resources"][0].update(title="People")),
        "patch",
        "people: what is said of the sheet",
    ),
    "settings": (
        described(lambda said: said["sheetpack"].update(strict=False)),
        "patch",
        "the settings of the package",
    ),
    "query": (cells("by-kind.sql", "AS n", "AS m"), "patch", "the reading sheet by-kind is made"),
    "order of rows": (
        cells(
            "people.csv", "ada,Ada,a@example.org\nbob,Bob,\n", "bob,Bob,\nada,Ada,a@example.org\n"
        ),
        "patch",
        "people: the same rows, in another order",
    ),
    "file replaced": (cells("note.txt", "A", "The"), "patch", "note: the file was replaced"),
}


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    return Shop(tmp_path_factory.mktemp("before") / "shop").state()


@pytest.fixture
def changed(tmp_path):
    return Shop(tmp_path / "shop")


@pytest.mark.parametrize("case", CASES)
def test_a_change_has_the_rank_that_the_policy_gives_it(before, changed, case):
    plant, rank, words = CASES[case]
    plant(changed)
    found, _ = reasons.between(before, changed.state())
    assert [reason.rank for reason in found if words in reason.words] == [rank]
    assert highest(reason.rank for reason in found) == rank


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said.update(version="7.0.0", created="2030-01-01T00:00:00Z"),
        lambda said: [each.pop("dialect", None) for each in said["resources"]],
        lambda said: [each.pop("encoding", None) for each in said["resources"]],
        lambda said: said["resources"][PEOPLE].update(path=["people.csv"]),
        lambda said: said["resources"][PEOPLE].update(format="csv"),
        lambda said: said.update(title=said.pop("title")),
    ],
)
def test_what_means_the_same_is_no_change(before, changed, change):
    said = deepcopy(content())
    change(said)
    changed.describe(said)
    assert [reason.words for reason in reasons.between(before, changed.state())[0]] == []


def test_the_rows_that_changed_are_named(before, changed):
    changed.replace("lines.csv", "o2,1,Salt", "o2,2,Salt\no9,9,")
    new_id(changed)
    found, _ = reasons.between(before, changed.state())
    assert {reason.words: reason.records for reason in found} == {
        "people: 1 row with another id": ("ada → ada-l",),
        "lines: 1 row with another key": ("o2 / 1 → o2 / 2",),
        "lines: 1 row added": ("o9 / 9",),
    }


def test_cells_that_follow_an_id_are_no_corrections_but_others_beside_them_are(before, changed):
    changed.replace("orders.csv", "o1,ada,new", "o1,ada-l,old")
    changed.replace("people.csv", "ada,", "ada-l,")
    changed.replace("orders.csv", "o2,", "o9,")
    changed.replace("lines.csv", "o2,1,Salt", "o9,1,Salt")
    found, _ = reasons.between(before, changed.state())
    assert {reason.words: reason.records for reason in found} == {
        "people: 1 row with another id": ("ada → ada-l",),
        "orders: 1 row with another id": ("o2 → o9",),
        "orders: 1 row corrected (1 cell)": ("o1 (kind)",),
    }


def test_a_corrected_row_is_named_with_its_columns(before, changed):
    changed.replace("people.csv", "Bob,", "Rob,r@example.org")
    (reason,) = reasons.between(before, changed.state())[0]
    assert reason.records == ("bob (name, mail)",)
    assert reason.section == "Fixed"


def test_the_highest_rank_comes_first(before, changed):
    changed.replace("people.csv", "Bob,\n", "Rob,\neve,Eve,\n")
    described(lambda said: said.update(licenses=[]))(changed)
    found, _ = reasons.between(before, changed.state())
    assert [reason.rank for reason in found] == ["major", "minor", "patch"]


def test_a_first_release_counts_what_there_is(before):
    (reason,) = reasons.of_first(before)
    assert reason.words == "3 sheets with 7 rows"
    assert reason.records == ("people (2)", "orders (2)", "lines (3)")


# Row of the table in docs/stability.md → the cases above that hold it.
POLICY = {
    "a sheet, a file or a reading sheet is gone, or no longer given as CSV": (
        ["resource gone", "file gone", "view gone", "no CSV"]
    ),
    "a column is gone": ["a column is gone"],
    "a column has another name": ["renamed", "key renamed"],
    "a column holds values of another type or format, or is to be read in another way": (
        ["retyped", "another format", "blanks"]
    ),
    "columns stand in another order, or a new one stands between them": ["reordered", "inserted"],
    "the key of a sheet, or which columns are unique together, is another": ["key", "unique"],
    "a reference between sheets is new in a column that was there before, is gone, or leads "
    "elsewhere": ["reference", "no reference", "other reference"],
    "a code can no longer be chosen": ["code gone"],
    "a record has another id": ["another id"],
    "the package has another name": ["name"],
    "the package or a sheet has another licence": ["licence", "licence of a sheet"],
    "a data file lies elsewhere, or is written in another format, encoding or dialect": (
        ["moved", "semicolons"]
    ),
    "a new sheet, file or reading sheet": ["resource", "view"],
    "a new column at the end": ["column at the end"],
    "new codes, or another limit on what a column may hold": ["code", "allowed"],
    "rows added or removed, or with another key that nothing refers to": (
        ["row", "row gone", "row of no id renamed"]
    ),
    "cells corrected": ["cell"],
    "titles, descriptions, other words of the descriptor, settings": (
        ["title", "column described", "sheet described", "settings"]
    ),
    "how a reading sheet is made": ["query"],
    "the order of rows, or the bytes of a file, and nothing else": (
        ["order of rows", "file replaced"]
    ),
}


def test_the_page_on_stability_gives_every_change_the_rank_that_it_has():
    lines = STABILITY.read_text("utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    ranks = {row[0]: row[1] for row in rows if row[1] in RANKS}
    assert ranks.keys() == POLICY.keys()
    for row, cases in POLICY.items():
        assert {CASES[case][1] for case in cases} == {ranks[row]}, row
    assert sorted(case for cases in POLICY.values() for case in cases) == sorted(CASES)
