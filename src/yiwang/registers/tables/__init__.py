"""Composed SQL of the register tables: made by apply, written by commands, read by queries.

``reg.<code>`` holds what is so now as the city knows it now. ``reg.<code>_history`` holds every version that
was superseded: one row each, whose shape in (valid, known) time is an L: valid from ``_valid_from`` without
end as known from ``_known_from`` until ``_ended_at``, when it became known that it held until ``_valid_to``;
from ``_known_to`` on it is not believed at all (a correction). A version has but one of both ends, and the
other is infinity: ``_ended_at`` with its day, or ``_known_to``. Loading a new entry therefore writes one row.
"""
