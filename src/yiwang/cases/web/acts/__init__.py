"""What an officer may do to a case, one act a page: its questions and the command behind it."""

from yiwang.cases.web.acts import (
    access_acts,
    change_acts,
    clock_acts,
    department_acts,
    request_supplement,
    supervision_acts,
    word_acts,
)

ALL = (
    *change_acts.PAGES,
    *access_acts.PAGES,
    *request_supplement.PAGES,
    *clock_acts.PAGES,
    *department_acts.PAGES,
    *word_acts.PAGES,
    *supervision_acts.PAGES,
)
