"""What each reading sheet promises to the people who read it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from sheetpack import dates

FACTS = ("events", "gifts", "commitments", "relationships")
KEYS = {
    "what-happened-when": ("events", "event_id"),
    "who-said-what": ("quotes", "quote_id"),
    "gifts-exchanged": ("gifts", "gift_id"),
    "who-promised-what": ("commitments", "commitment_id"),
    "what-analysts-expect": ("assessments", "assessment_id"),
    "where-the-sources-disagree": ("discrepancies", "discrepancy_id"),
    "how-the-actors-relate": ("relationships", "relationship_id"),
}
OF_FACTS = ("alleged-or-certain", "how-well-supported")


def records(direct, view):
    return [row["Record"] for row in direct.view(view)]


@pytest.mark.parametrize("view", KEYS)
def test_every_record_stands_there_exactly_once(direct, view):
    resource, key = KEYS[view]
    assert sorted(records(direct, view)) == sorted(direct.values(f"SELECT {key} FROM {resource}"))


@pytest.mark.parametrize("view", OF_FACTS)
def test_every_fact_of_four_kinds_stands_there_exactly_once(direct, view):
    wanted = [key for name in FACTS for key in direct.values(f"SELECT {name[:-1]}_id FROM {name}")]
    assert sorted(records(direct, view)) == sorted(wanted)


@pytest.mark.parametrize("view", [*KEYS, *OF_FACTS])
def test_names_stand_there_instead_of_ids(direct, view):
    ids = set(direct.values("SELECT actor_id FROM actors WHERE actor_id LIKE '%-%'"))
    ids |= set(direct.values("SELECT source_id FROM sources"))
    for row in direct.view(view):
        assert ids.isdisjoint(value for name, value in row.items() if name != "Record")


@pytest.mark.parametrize("view", [view for view in KEYS if view != "where-the-sources-disagree"])
def test_every_row_says_where_it_is_from(direct, view):
    names = direct.values("SELECT short_name FROM sources")
    for row in direct.view(view):
        assert "¶" in row["Source"]
        assert any(row["Source"].startswith(name) for name in names)


def test_the_timeline_is_in_order_of_time(direct):
    days = [
        direct.ask(
            "SELECT coalesce(date_earliest, date_latest, '9999') FROM events "
            f"WHERE event_id = '{record}'"
        )[0][0]
        for record in records(direct, "what-happened-when")
    ]
    assert days == sorted(days)


def test_the_timeline_tells_dates_as_people_do(direct):
    told = {row["Record"]: row["When"] for row in direct.view("what-happened-when")}
    for record, date in direct.ask("SELECT event_id, date FROM events"):
        assert told[record] == (dates.label(date) if date else "not reported")
    assert "19 June 2024" in told.values()


def test_words_stand_with_those_who_said_them(direct):
    rows = {row["Record"]: row for row in direct.view("who-said-what")}
    asked = direct.ask(
        "SELECT quote_id, text, name FROM quotes JOIN actors ON actor_id = speaker_id"
    )
    assert asked
    for record, text, name in asked:
        assert (rows[record]["Words"], rows[record]["Whose words"]) == (text, name)


def test_gifts_that_answer_each_other_name_each_other(direct):
    rows = direct.view("gifts-exchanged")
    answered = [row for row in rows if row["Answered by"]]
    assert answered
    for row in answered:
        back = [other for other in rows if (other["From"], other["To"]) == (row["To"], row["From"])]
        assert set(row["Answered by"].split(" · ")) <= {other["Gift"] for other in back}


def test_promises_go_from_the_firmest_to_the_loosest(direct):
    order = direct.values(
        "SELECT label FROM codes WHERE list = 'commitment_force' ORDER BY position"
    )
    places = [order.index(row["How firmly"]) for row in direct.view("who-promised-what")]
    assert places == sorted(places)


def test_promises_name_all_who_made_them(direct):
    rows = {row["Record"]: row["Who"] for row in direct.view("who-promised-what")}
    parties = direct.ask(
        "SELECT commitment_id, name FROM commitment_parties JOIN actors USING (actor_id) "
        "WHERE role = 'committed'"
    )
    for record, name in parties:
        assert name in rows[record].split(" · ")


def test_every_article_of_the_treaty_stands_there_and_in_order(direct):
    ((count,),) = direct.ask(
        "SELECT articles FROM instruments WHERE instrument_id = 'russia-dprk-treaty-2024'"
    )
    articles = [row["Article"] for row in direct.view("what-the-treaty-says")]
    numbered = [int(name.removeprefix("Article ")) for name in articles if name[-1].isdigit()]
    assert count == 23
    assert sorted(set(numbered)) == list(range(1, count + 1))
    assert numbered == sorted(numbered)


def test_an_article_on_which_the_sources_are_silent_says_so_and_claims_nothing(direct):
    silent = [row for row in direct.view("what-the-treaty-says") if row["Record"] is None]
    assert silent
    for row in silent:
        assert row["What it says, as reported"] == "Not reported"
        assert row["Source"] is None


def test_every_commitment_of_the_treaty_stands_with_it(direct):
    wanted = direct.values(
        "SELECT commitment_id FROM commitments WHERE instrument_id = 'russia-dprk-treaty-2024'"
    )
    found = [record for record in records(direct, "what-the-treaty-says") if record]
    assert sorted(found) == sorted(wanted)


def test_judgements_of_one_assessor_stand_together(direct):
    names = [row["Who judges"] for row in direct.view("what-analysts-expect")]
    changes = sum(one != other for one, other in pairwise(names))
    assert changes == len(set(names)) - 1


def test_the_gravest_disagreement_comes_first(direct):
    order = direct.values("SELECT label FROM codes WHERE list = 'severity' ORDER BY position")
    places = [order.index(row["How grave"]) for row in direct.view("where-the-sources-disagree")]
    assert places == sorted(places)


def test_both_sides_of_a_disagreement_have_their_place(direct):
    for row in direct.view("where-the-sources-disagree"):
        assert "¶" in row["Place A"]
        assert "¶" in row["Place B"]


def test_a_tie_says_which_way_it_goes(direct):
    directed = dict(direct.ask("SELECT relationship_id, directed FROM relationships"))
    for row in direct.view("how-the-actors-relate"):
        assert (row["Direction"] == "Both ways") == (not directed[row["Record"]])


def test_only_what_occurred_or_is_asserted_is_told_as_a_fact(direct):
    told = {row["Record"]: row["How it is told"] for row in direct.view("alleged-or-certain")}
    for record, status in direct.ask("SELECT event_id, status FROM events"):
        assert (told[record] == "Told as a fact") == (status == "occurred")
    for record, status in direct.ask("SELECT relationship_id, status FROM relationships"):
        assert (told[record] == "Told as a fact") == (status == "asserted")


def test_support_counts_people_and_not_articles(direct):
    """Whoever writes in one article and is quoted in the other is one voice."""
    rows = {row["Record"]: row for row in direct.view("how-well-supported")}
    voices: dict[str, set[str]] = {}
    for record, voice in direct.ask(
        "SELECT record_id, voice_id FROM citations JOIN actors ON actor_id = voice_id "
        "WHERE named AND support <> 'contradicts'"
    ):
        voices.setdefault(record, set()).add(voice)
    for record, row in rows.items():
        assert row["Independent voices"] == len(voices.get(record, set()))
        assert row["Articles"] in (0, 1, 2)


def test_the_dashboard_counts_what_there_is(direct):
    (figures,) = direct.view("key-figures")
    assert figures["Events"] == len(direct.view("what-happened-when"))
    assert figures["Quotes"] == len(direct.view("who-said-what"))
    assert figures["Articles"] == 2


@pytest.mark.parametrize(
    ("view", "column", "resource"),
    [
        ("events-over-time", "Events", "events"),
        ("quotes-by-speaker", "Quotes", "quotes"),
        ("judgements-by-likelihood", "Judgements", "assessments"),
        ("facts-by-voices", "Facts", "told"),
    ],
)
def test_a_chart_counts_everything_once(direct, view, column, resource):
    counted = sum(row[column] for row in direct.view(view))
    assert [counted] == direct.values(f"SELECT count(*) FROM {resource}")


def test_the_chart_of_commitments_counts_each_for_each_party(direct):
    found = {
        row["Who"]: sum(value for name, value in row.items() if name != "Who")
        for row in direct.view("commitments-by-party")
    }
    parties = direct.values(
        "SELECT name FROM commitment_parties JOIN actors USING (actor_id) WHERE role = 'committed'"
    )
    assert found == Counter(parties)


def test_the_matrix_of_ties_shows_the_states_with_most_of_them(direct):
    ties = Counter(
        direct.values("SELECT from_id FROM relationships UNION ALL SELECT to_id FROM relationships")
    )
    states = dict(direct.ask("SELECT actor_id, name FROM actors WHERE kind = 'state'"))
    most = [states[one] for one, _ in ties.most_common() if one in states][:6]
    assert {row["From"] for row in direct.view("who-with-whom")} == set(most)


def test_ties_that_go_both_ways_count_in_both_directions(direct):
    cells = {row["From"]: row for row in direct.view("who-with-whom")}
    ids = dict(direct.ask("SELECT name, actor_id FROM actors"))
    for origin, row in cells.items():
        for goal in cells:
            ((wanted,),) = direct.ask(
                "SELECT count(*) FROM relationships WHERE "
                f"(from_id = '{ids[origin]}' AND to_id = '{ids[goal]}') OR "
                f"(NOT directed AND from_id = '{ids[goal]}' AND to_id = '{ids[origin]}')"
            )
            assert row[f"To {goal}"] == (None if origin == goal else wanted)
