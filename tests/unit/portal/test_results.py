"""Results as the public reads them."""

from __future__ import annotations

from yiwang.cases.contracts import PHASE_TEXTS, Outcome, Phase
from yiwang.portal.rules.results import PHASE_TONES, RESULT_TEXTS, outcome_tag, result_text
from yiwang.portal.rules.subjects import EVENT_ICONS, FIRM_THEMES, LIFE_EVENTS, THEME_ICONS, THEMES


def test_every_phase_has_a_tone():
    assert set(PHASE_TONES) == set(Phase)


def test_final_outcomes_have_public_words():
    said_inside = {Outcome.ACCEPT, Outcome.SUPPLEMENT, Outcome.RETURN}

    assert set(Outcome) - said_inside == set(RESULT_TEXTS)
    assert result_text("own_word").en == "own_word"


def test_a_case_shows_its_result_only_once_there_is_one():
    assert outcome_tag("in_review", "", PHASE_TEXTS[Phase.IN_REVIEW])["text"] == PHASE_TEXTS[Phase.IN_REVIEW]
    assert outcome_tag("closed", "refuse", PHASE_TEXTS[Phase.CLOSED])["tone"] == "danger"
    assert outcome_tag("withdrawn", "withdrawn", PHASE_TEXTS[Phase.WITHDRAWN])["tone"] == "neutral"


def test_every_theme_and_event_has_an_icon():
    assert set(THEME_ICONS) == set(THEMES)
    assert set(EVENT_ICONS) == set(LIFE_EVENTS)
    assert set(FIRM_THEMES) <= set(THEMES)
