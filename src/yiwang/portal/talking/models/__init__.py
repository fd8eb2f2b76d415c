"""Storage of talking."""

from yiwang.portal.talking.models.consultations import Comment, Consultation, Section
from yiwang.portal.talking.models.letters import Letter
from yiwang.portal.talking.models.surveys import Ballot, Survey, Turnout

__all__ = ["Ballot", "Comment", "Consultation", "Letter", "Section", "Survey", "Turnout"]
