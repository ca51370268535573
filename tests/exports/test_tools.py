"""The CSVs for other tools have the columns that these read, and lead nowhere wrong."""

from __future__ import annotations

import csv

import pytest

from sheetpack import dates
from tests.exports.conftest import own_cells

TIMELINE = [
    *("Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time"),
    *("Display Date", "Headline", "Text", "Media", "Media Credit", "Media Caption"),
    *("Media Thumbnail", "Alt Text", "Type", "Group", "Background"),
]
TOOLS = ("timeline", "gephi-nodes", "gephi-edges", "kumu-elements", "kumu-connections")


@pytest.fixture(scope="module")
def files(own):
    def read(name):
        # As plain UTF-8, in which a mark would be a part of the first header.
        with (own / f"csv/{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.mark.parametrize("name", TOOLS)
def test_the_first_header_has_no_mark_before_it(own, name):
    content = (own / f"csv/{name}.csv").read_bytes()
    assert content[:1].isalpha()


def test_the_timeline_has_the_columns_of_timelinejs(files):
    assert list(files("timeline")[0]) == TIMELINE


def test_the_timeline_has_every_dated_event_once(files):
    dated = sorted(event["title"] for event in own_cells("events") if event["date"])
    assert sorted(row["Headline"] for row in files("timeline")) == dated


def test_the_timeline_says_no_more_of_a_date_than_is_known(files):
    by_title = {event["title"]: event["date"] for event in own_cells("events")}
    for row in files("timeline"):
        text = by_title[row["Headline"]]
        assert row["Display Date"] == dates.label(text)
        start = [row[name] for name in ("Year", "Month", "Day") if row[name]]
        end = [row[name] for name in ("End Year", "End Month", "End Day") if row[name]]
        parts = [part for part in text.strip("[]~?%").replace("..", "/").split("/") if part]
        assert [start, end][: len(parts)] == [
            [str(int(number)) for number in part.split("-")] for part in parts
        ]
        assert bool(end) == (len(parts) == 2)


def test_the_timeline_is_in_order(files):
    years = [int(row["Year"]) for row in files("timeline")]
    assert years == sorted(years)


def test_nothing_in_the_timeline_is_taken_for_markup(files):
    for row in files("timeline"):
        assert "<" not in row["Headline"] + row["Text"]


def test_the_edges_for_gephi_lead_from_node_to_node(files):
    nodes, edges = files("gephi-nodes"), files("gephi-edges")
    ids = [node["Id"] for node in nodes]
    assert len(set(ids)) == len(ids)
    assert {edge[end] for edge in edges for end in ("Source", "Target")} == set(ids)
    assert list(nodes[0])[:2] == ["Id", "Label"]
    assert list(edges[0])[:6] == ["Source", "Target", "Type", "Id", "Label", "Weight"]


def test_every_tie_is_an_edge_with_its_direction_and_a_weight(files):
    edges = {edge["Id"]: edge for edge in files("gephi-edges")}
    ties = own_cells("relationships")
    assert len(edges) == len(ties)
    for tie in ties:
        edge = edges[tie["relationship_id"]]
        assert (edge["Source"], edge["Target"]) == (tie["from_id"], tie["to_id"])
        assert edge["Type"] == ("Directed" if tie["directed"] == "true" else "Undirected")
        assert int(edge["Weight"]) >= 1


def test_the_connections_for_kumu_lead_from_element_to_element(files):
    elements, connections = files("kumu-elements"), files("kumu-connections")
    labels = [element["Label"] for element in elements]
    assert len(set(labels)) == len(labels)
    assert {one[end] for one in connections for end in ("From", "To")} == set(labels)
    assert list(elements[0])[:2] == ["Label", "Type"]
    assert list(connections[0])[:2] == ["From", "To"]
    assert len(connections) == len(own_cells("relationships"))
    # Kumu takes the bar for a border between several values.
    assert not any("|" in value for row in elements + connections for value in row.values())


def test_networkx_makes_the_same_graph_of_it(files):
    networkx = pytest.importorskip("networkx")
    graph = networkx.MultiDiGraph()
    for node in files("gephi-nodes"):
        graph.add_node(node["Id"], label=node["Label"])
    for edge in files("gephi-edges"):
        graph.add_edge(edge["Source"], edge["Target"], key=edge["Id"], weight=int(edge["Weight"]))
    assert graph.number_of_nodes() == len(files("gephi-nodes"))
    assert graph.number_of_edges() == len(own_cells("relationships"))
