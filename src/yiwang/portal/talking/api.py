"""The door of talking: acts, then reads."""

from yiwang.portal.talking.commands.answer_comment import answer_comment
from yiwang.portal.talking.commands.cast_ballot import cast_ballot
from yiwang.portal.talking.commands.draft_consultation import draft_consultation
from yiwang.portal.talking.commands.draft_survey import draft_survey
from yiwang.portal.talking.commands.give_comment import give_comment
from yiwang.portal.talking.commands.judge_letter import decline_letter, publish_letter, withdraw_letter
from yiwang.portal.talking.commands.put_out_consultation import put_out_consultation
from yiwang.portal.talking.commands.put_out_survey import put_out_survey
from yiwang.portal.talking.commands.report_consultation import report_consultation
from yiwang.portal.talking.queries.consultations import (
    CONSULTATIONS,
    comment_for_officer,
    comment_view,
    comments_of,
    consultation_for_officer,
    consultation_view,
    public_consultation,
)
from yiwang.portal.talking.queries.letters import (
    answering_organisations,
    judged_letters,
    letter_for_officer,
    letter_rows,
    letter_view,
    public_letter,
    public_letters,
    waiting_letters,
)
from yiwang.portal.talking.queries.surveys import (
    SURVEYS,
    public_survey,
    results,
    survey_for_officer,
    survey_view,
    words_said,
)

__all__ = [
    "CONSULTATIONS",
    "SURVEYS",
    "answer_comment",
    "answering_organisations",
    "cast_ballot",
    "comment_for_officer",
    "comment_view",
    "comments_of",
    "consultation_for_officer",
    "consultation_view",
    "decline_letter",
    "draft_consultation",
    "draft_survey",
    "give_comment",
    "judged_letters",
    "letter_for_officer",
    "letter_rows",
    "letter_view",
    "public_consultation",
    "public_letter",
    "public_letters",
    "public_survey",
    "publish_letter",
    "put_out_consultation",
    "put_out_survey",
    "report_consultation",
    "results",
    "survey_for_officer",
    "survey_view",
    "waiting_letters",
    "withdraw_letter",
    "words_said",
]
