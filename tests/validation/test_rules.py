"""Each rule of this package finds what is planted for it, at the right place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import ROOT, Copy

RULES = {path.stem for path in (ROOT / "validation/rules").glob("*.sql")}

Plant = Callable[[Copy], tuple[str, int, str]]


def uncited(copy: Copy) -> tuple[str, int, str]:
    copy.edit(
        "citations",
        lambda rows: rows.__setitem__(
            slice(None), [row for row in rows if row["record_id"] != "tea-set"]
        ),
    )
    return "gifts", copy.set("gifts", "tea-set"), ""


def paragraph_beyond_the_source(copy: Copy) -> tuple[str, int, str]:
    return "quotes", copy.set("quotes", "full-support", paragraph="40"), "paragraph"


def paragraph_of_another_section(copy: Copy) -> tuple[str, int, str]:
    row = copy.set("discrepancies", "who-owes-joint-measures", paragraph_b="15")
    return "discrepancies", row, "paragraph_b"


def section_without_article(copy: Copy) -> tuple[str, int, str]:
    return "sources", copy.set("sources", "stimson-2024-sun", container_id=""), "container_id"


def section_beyond_its_article(copy: Copy) -> tuple[str, int, str]:
    row = copy.set("sources", "stimson-2024-ivanov", last_paragraph="66")
    return "sources", row, "first_paragraph"


def part_before_its_whole(copy: Copy) -> tuple[str, int, str]:
    day = "2024-06-01"
    row = copy.set("events", "gifts-exchanged-2024", date=day, date_earliest=day, date_latest=day)
    return "events", row, "date"


def whole_within_its_part(copy: Copy) -> tuple[str, int, str]:
    row = copy.set("events", "putin-visits-pyongyang-2024", part_of="gifts-exchanged-2024")
    return "events", row, "part_of"


def date_without_basis(copy: Copy) -> tuple[str, int, str]:
    row = copy.set("events", "putin-reelected", date_basis="not_reported")
    return "events", row, "date_basis"


def basis_without_date(copy: Copy) -> tuple[str, int, str]:
    row = copy.set("events", "putin-reelected", date="", date_earliest="", date_latest="")
    return "events", row, "date_basis"


def quote_outside_its_event(copy: Copy) -> tuple[str, int, str]:
    return "quotes", copy.set("quotes", "assistance-by-all-means", date="2024-07"), "date"


def speech_without_speaker(copy: Copy) -> tuple[str, int, str]:
    return "quotes", copy.set("quotes", "full-support", speaker_id=""), "speaker_id"


def document_with_speaker(copy: Copy) -> tuple[str, int, str]:
    row = copy.set("quotes", "armed-aggression", speaker_id="vladimir-putin")
    return "quotes", row, "instrument_id"


def utterance_of_two_speakers(copy: Copy) -> tuple[str, int, str]:
    row = copy.set("quotes", "high-level-of-alliance", same_utterance_as="hegemony")
    return "quotes", row, "same_utterance_as"


def commitment_of_nobody(copy: Copy) -> tuple[str, int, str]:
    def change(rows: list[dict[str, str]]) -> None:
        for row in rows:
            if row["commitment_id"] == "no-lethal-aid-to-ukraine":
                row["role"] = "target"

    copy.edit("commitment_parties", change)
    return "commitments", copy.set("commitments", "no-lethal-aid-to-ukraine"), ""


def bound_without_being_a_party(copy: Copy) -> tuple[str, int, str]:
    row = copy.set("commitment_parties", "treaty-2024-article-8", actor_id="japan")
    return "commitment_parties", row, "actor_id"


def article_of_no_document(copy: Copy) -> tuple[str, int, str]:
    row = copy.set("commitments", "treaty-2024-article-8", instrument_id="")
    return "commitments", row, "article"


def article_beyond_the_last(copy: Copy) -> tuple[str, int, str]:
    return "commitments", copy.set("commitments", "treaty-2024-article-8", article="24"), "article"


def state_without_code(copy: Copy) -> tuple[str, int, str]:
    return "actors", copy.set("actors", "japan", iso3=""), "iso3"


def former_state_with_code(copy: Copy) -> tuple[str, int, str]:
    return "actors", copy.set("actors", "soviet-union", iso3="RUS"), "iso3"


def likelihood_without_hedge(copy: Copy) -> tuple[str, int, str]:
    row = copy.set("assessments", "agreement-likely-to-anger-seoul", hedge="")
    return "assessments", row, "hedge"


def conditional_without_condition(copy: Copy) -> tuple[str, int, str]:
    row = copy.set("assessments", "coalition-buries-that-prospect", condition="")
    return "assessments", row, "condition"


def one_place_twice(copy: Copy) -> tuple[str, int, str]:
    row = copy.set(
        "discrepancies",
        "who-owes-joint-measures",
        source_b_id="zamir-2024",
        paragraph_b="23",
    )
    return "discrepancies", row, "paragraph_b"


PLANTED: list[tuple[str, Plant]] = [
    ("every-record-is-cited", uncited),
    ("cited-paragraph-exists", paragraph_beyond_the_source),
    ("cited-paragraph-exists", paragraph_of_another_section),
    ("section-lies-within-article", section_without_article),
    ("section-lies-within-article", section_beyond_its_article),
    ("part-lies-within-whole", part_before_its_whole),
    ("parts-form-no-circle", whole_within_its_part),
    ("date-has-a-basis", date_without_basis),
    ("date-has-a-basis", basis_without_date),
    ("quote-lies-within-its-event", quote_outside_its_event),
    ("quote-has-an-owner", speech_without_speaker),
    ("quote-has-an-owner", document_with_speaker),
    ("same-utterance-same-owner", utterance_of_two_speakers),
    ("commitment-binds-somebody", commitment_of_nobody),
    ("whoever-is-bound-is-a-party", bound_without_being_a_party),
    ("article-belongs-to-a-document", article_of_no_document),
    ("article-belongs-to-a-document", article_beyond_the_last),
    ("state-has-a-code", state_without_code),
    ("state-has-a-code", former_state_with_code),
    ("hedge-fits-likelihood", likelihood_without_hedge),
    ("hedge-fits-likelihood", conditional_without_condition),
    ("discrepancy-has-two-places", one_place_twice),
]


def test_the_package_as_it_is_breaks_no_rule(copy: Copy) -> None:
    assert copy.issues() == []


def test_every_rule_has_a_planted_violation() -> None:
    assert {rule for rule, _ in PLANTED} == RULES


@pytest.mark.parametrize(("rule", "plant"), PLANTED, ids=[plant.__name__ for _, plant in PLANTED])
def test_a_planted_violation_is_found_at_its_place(copy: Copy, rule: str, plant: Plant) -> None:
    place = plant(copy)
    found = [
        (issue.resource, issue.row, issue.field)
        for issue in copy.issues()
        if issue.code == "rule" and rule in issue.message
    ]
    assert place in found
