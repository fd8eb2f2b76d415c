"""The door of talking: acts, then reads."""

from yiwang.portal.talking.commands.judge_letter import decline_letter, publish_letter, withdraw_letter
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

__all__ = [
    "answering_organisations",
    "decline_letter",
    "judged_letters",
    "letter_for_officer",
    "letter_rows",
    "letter_view",
    "public_letter",
    "public_letters",
    "publish_letter",
    "waiting_letters",
    "withdraw_letter",
]
