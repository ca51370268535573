"""Drop-downs, decided without a file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sheetpack.workbook.addresses import ROOM, addresses
from sheetpack.workbook.choices import choices
from tests.samples import PACKAGES, opened, resource, write_package


def choices_of(path):
    package, tables = opened(path)
    return choices(addresses(package, tables, []))


@pytest.fixture(scope="module")
def library():
    return choices_of(PACKAGES / "workbook-library")


def one_field(folder, values, **field):
    field = {"name": "a", "type": "string", "constraints": {"enum": values}} | field
    path = write_package(folder, [resource("t", [field])], {"t.csv": "a\n"})
    return choices_of(path)


def test_a_list_stands_on_a_sheet_of_its_own(library):
    genre = next(each for each in library.of_resource["books"] if each.column == 3)
    at = next(at for at, each in enumerate(library.lists) if each.values[0] == "novel")
    assert library.lists[at].title == "genre"
    assert library.names[genre.source] == f"'Lists'!${'ABC'[at]}$2:${'ABC'[at]}$4"


def test_a_reference_offers_all_keys_of_the_other_sheet_and_grows_with_it(library):
    book = next(each for each in library.of_resource["loans"] if each.column == 2)
    column = "'Books'!$A:$A"
    formula = f"'Books'!$A$2:INDEX({column},MAX(2,COUNTA({column})))"
    assert library.names[book.source] == formula


def test_two_references_to_one_sheet_share_a_list(library):
    guarantor = next(each for each in library.of_resource["people"] if each.column == 4)
    person = next(each for each in library.of_resource["loans"] if each.column == 3)
    assert guarantor.source == person.source


def test_a_yes_or_no_offers_real_booleans(library):
    assert (True, False) in [each.values for each in library.lists]


def test_a_list_of_numbers_holds_numbers(library):
    assert (1, 2, 3) in [each.values for each in library.lists]


@pytest.mark.parametrize(
    ("field", "written", "held"),
    [
        ({"type": "date", "format": "%d/%m/%Y"}, "19/06/2024", date(2024, 6, 19)),
        ({"type": "number", "decimalChar": ","}, "1,5", Decimal("1.5")),
        ({"type": "integer", "bareNumber": False}, "7 km", 7),
    ],
)
def test_a_list_in_a_format_of_its_own_holds_what_cells_hold(tmp_path, field, written, held):
    assert one_field(tmp_path, [written], **field).lists[0].values == (held,)


def test_there_is_room_for_new_rows(library):
    book = next(each for each in library.of_resource["loans"] if each.column == 2)
    assert (book.first_row, book.last_row) == (2, 4 + ROOM)
    assert book.range == f"B2:B{4 + ROOM}"


def test_only_a_field_that_must_be_filled_refuses_a_blank(library):
    book, person = library.of_resource["loans"]
    assert (book.blank, person.blank) == (False, True)


def test_texts_of_a_drop_down_are_as_short_as_excel_asks(tmp_path):
    title = "A title that is much longer than a prompt may have"
    (choice,) = one_field(tmp_path, ["x"], title=title).of_resource["t"]
    assert len(choice.prompt_title) <= 32
    assert max(len(choice.prompt), len(choice.error)) <= 255
    assert len(choice.error_title) <= 32


def test_a_list_may_be_of_any_length(tmp_path):
    values = [f"a code of some length, number {number}" for number in range(500)]
    found = one_field(tmp_path, values)
    assert found.lists[0].values == tuple(values)
    assert len(found.of_resource["t"][0].source) < 255


def test_equal_lists_are_written_once_but_one_is_not_true(tmp_path):
    fields = [
        {"name": "a", "type": "integer", "constraints": {"enum": [1, 0]}},
        {"name": "b", "type": "boolean"},
        {"name": "c", "type": "integer", "constraints": {"enum": [1, 0]}},
    ]
    found = choices_of(write_package(tmp_path, [resource("t", fields)], {"t.csv": "a,b,c\n"}))
    assert [each.values for each in found.lists] == [(1, 0), (True, False)]
    assert isinstance(found.lists[1].values[0], bool)


def test_categories_are_a_list_as_well(tmp_path):
    field = {
        "name": "a",
        "type": "string",
        "categories": [{"value": "x", "label": "X"}, {"value": "y", "label": "Y"}],
    }
    path = write_package(tmp_path, [resource("t", [field])], {"t.csv": "a\n"})
    assert choices_of(path).lists[0].values == ("x", "y")


def test_a_reference_of_two_fields_has_no_drop_down(tmp_path):
    parent = resource("p", ["a", "b"], ["a", "b"])
    keys = [{"fields": ["a", "b"], "reference": {"resource": "p", "fields": ["a", "b"]}}]
    child = resource("c", ["a", "b"], schema={"foreignKeys": keys})
    path = write_package(tmp_path, [parent, child], {"p.csv": "a,b\n", "c.csv": "a,b\n"})
    assert choices_of(path).of_resource["c"] == ()


def test_a_referenced_column_with_gaps_is_counted_by_the_key(tmp_path):
    parent = resource("p", ["id", "nick"], ["id"])
    keys = [{"fields": ["nick"], "reference": {"resource": "p", "fields": ["nick"]}}]
    child = resource("c", ["nick"], schema={"foreignKeys": keys})
    path = write_package(
        tmp_path, [parent, child], {"p.csv": "id,nick\na,\nb,x\n", "c.csv": "nick\n"}
    )
    found = choices_of(path)
    assert found.names[found.of_resource["c"][0].source] == (
        "'p'!$B$2:INDEX('p'!$B:$B,MAX(2,COUNTA('p'!$A:$A)))"
    )


def test_without_a_key_a_column_that_must_be_filled_is_counted(tmp_path):
    found = referred(tmp_path, {"name": "nick", "type": "string"}, required=True)
    assert found == "'p'!$B$2:INDEX('p'!$B:$B,MAX(2,COUNTA('p'!$A:$A)))"


def test_without_any_full_column_the_last_value_is_looked_for(tmp_path):
    found = referred(tmp_path, {"name": "nick", "type": "string"}, required=False)
    cells = f"'p'!$B$2:$B${3 + ROOM}"
    assert f'SUMPRODUCT(MAX(({cells}<>"")*ROW({cells})))' in found


def referred(folder, field, required):
    """The formula of the list for a reference to a field that is no key."""
    other = {"name": "other", "type": "string", "constraints": {"required": required}}
    keys = [{"fields": ["nick"], "reference": {"resource": "p", "fields": ["nick"]}}]
    child = resource("c", ["nick"], schema={"foreignKeys": keys})
    data = {"p.csv": "other,nick\na,\nb,x\n", "c.csv": "nick\n"}
    found = choices_of(write_package(folder, [resource("p", [other, field]), child], data))
    return found.names[found.of_resource["c"][0].source]
