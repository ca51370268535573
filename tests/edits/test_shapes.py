from __future__ import annotations

from sheetpack.descriptor import load
from sheetpack.edits import shapes
from sheetpack.edits.model import Link, Shape
from tests.conftest import PACKAGES


def test_a_shape_says_what_the_contract_says():
    found = shapes.of(load(PACKAGES / "island" / "datapackage.json"))
    package = load(PACKAGES / "island" / "datapackage.json")
    assert list(found) == [resource.name for resource in package.resources]
    for resource in package.resources:
        shape = found[resource.name]
        assert shape.key == resource.primary_key
        assert [link.fields for link in shape.links] == [
            key.fields for key in resource.foreign_keys
        ]


def test_ids_of_any_resource_are_part_of_a_shape(copy_of):
    package = copy_of("gallery")
    found = shapes.of(load(package.descriptor))
    assert found["remarks"].any_id == ("about",)
    assert found["people"].shared_ids
    assert not found["codes"].shared_ids


def test_a_reference_to_a_resource_that_is_not_there_is_left_out():
    package = load(PACKAGES / "broken_references" / "datapackage.json")
    names = {resource.name for resource in package.resources}
    links = [link for shape in shapes.of(package).values() for link in shape.links]
    assert all(link.reference in names for link in links)
    assert any(
        key.reference not in names
        for resource in package.resources
        for key in resource.foreign_keys
    )


def test_parents_stand_before_their_children():
    order = shapes.parents_first(
        {
            "child": Shape(links=(Link(("a",), "parent", ("id",)),)),
            "cited": Shape(any_id=("about",)),
            "parent": Shape(links=(Link(("b",), "grandparent", ("id",)),)),
            "grandparent": Shape(shared_ids=True, links=(Link(("c",), "grandparent", ("id",)),)),
        }
    )
    assert sorted(order) == ["child", "cited", "grandparent", "parent"]
    assert order.index("grandparent") < order.index("parent") < order.index("child")
    assert order.index("grandparent") < order.index("cited")


def test_in_a_circle_the_keys_decide_which_is_first():
    order = shapes.parents_first(
        {
            "part": Shape(key=("whole",), links=(Link(("whole",), "whole", ("id",)),)),
            "whole": Shape(key=("id",), links=(Link(("main",), "part", ("whole",)),)),
        }
    )
    assert order == ["whole", "part"]
