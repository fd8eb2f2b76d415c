"""Storage of talking."""

from yiwang.portal.talking.models.budgets import Budget, BudgetBallot, BudgetTurnout
from yiwang.portal.talking.models.consultations import Comment, Consultation, Section
from yiwang.portal.talking.models.letters import Letter
from yiwang.portal.talking.models.proposals import Proposal, Support
from yiwang.portal.talking.models.surveys import Ballot, Survey, Turnout

__all__ = [
    "Ballot",
    "Budget",
    "BudgetBallot",
    "BudgetTurnout",
    "Comment",
    "Consultation",
    "Letter",
    "Proposal",
    "Section",
    "Support",
    "Survey",
    "Turnout",
]
