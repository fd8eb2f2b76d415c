"""The door of talking: acts, then reads."""

from yiwang.portal.talking.commands.answer_comment import answer_comment
from yiwang.portal.talking.commands.answer_proposal import answer_proposal
from yiwang.portal.talking.commands.cast_ballot import cast_ballot
from yiwang.portal.talking.commands.count_budget import count_budget
from yiwang.portal.talking.commands.draft_budget import draft_budget, put_out_budget
from yiwang.portal.talking.commands.draft_consultation import draft_consultation
from yiwang.portal.talking.commands.draft_survey import draft_survey
from yiwang.portal.talking.commands.give_comment import give_comment
from yiwang.portal.talking.commands.give_proposal import give_proposal
from yiwang.portal.talking.commands.judge_letter import decline_letter, publish_letter, withdraw_letter
from yiwang.portal.talking.commands.judge_proposal import decline_proposal, publish_proposal
from yiwang.portal.talking.commands.put_out_consultation import put_out_consultation
from yiwang.portal.talking.commands.put_out_survey import put_out_survey
from yiwang.portal.talking.commands.report_consultation import report_consultation
from yiwang.portal.talking.commands.support_proposal import support_proposal
from yiwang.portal.talking.commands.vote_on_budget import hand_out_paper, vote_on_budget
from yiwang.portal.talking.queries.budgets import (
    BUDGETS,
    budget_for_officer,
    budget_result,
    budget_view,
    public_budget,
)
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
from yiwang.portal.talking.queries.proposals import (
    answering_departments,
    own_proposals,
    proposal_for_officer,
    proposal_view,
    public_proposal,
    public_proposals,
    supports,
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
    "BUDGETS",
    "CONSULTATIONS",
    "SURVEYS",
    "answer_comment",
    "answer_proposal",
    "answering_departments",
    "answering_organisations",
    "budget_for_officer",
    "budget_result",
    "budget_view",
    "cast_ballot",
    "comment_for_officer",
    "comment_view",
    "comments_of",
    "consultation_for_officer",
    "consultation_view",
    "count_budget",
    "decline_letter",
    "decline_proposal",
    "draft_budget",
    "draft_consultation",
    "draft_survey",
    "give_comment",
    "give_proposal",
    "hand_out_paper",
    "judged_letters",
    "letter_for_officer",
    "letter_rows",
    "letter_view",
    "own_proposals",
    "proposal_for_officer",
    "proposal_view",
    "public_budget",
    "public_consultation",
    "public_letter",
    "public_letters",
    "public_proposal",
    "public_proposals",
    "public_survey",
    "publish_letter",
    "publish_proposal",
    "put_out_budget",
    "put_out_consultation",
    "put_out_survey",
    "report_consultation",
    "results",
    "support_proposal",
    "supports",
    "survey_for_officer",
    "survey_view",
    "vote_on_budget",
    "waiting_letters",
    "withdraw_letter",
    "words_said",
]
