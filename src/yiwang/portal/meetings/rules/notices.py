"""What a notice says, what a department answers, and when it is reminded; judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.portal.talking.rules.wording import judged_text, refuse

MOST_SUBJECT, MOST_PLACE, MOST_ATTENDANCE, MOST_BODY, MOST_CONTACT = 100, 100, 500, 5000, 60
MOST_ATTENDEES, MOST_NAME, MOST_POST, MOST_REASON = 30, 40, 60, 500
#: A department that has not answered is reminded this long before the answer is due.
REMIND_BEFORE = timedelta(hours=24)
_PAST = Text("开会时间须晚于现在", "The meeting must lie ahead")
_ENDS = Text("结束时间须晚于开始时间", "It must end after it begins")
_REPLY = Text("回复期限须在现在和开会时间之间", "Replies are due between now and the meeting")
_LINE = Text(
    "每行写姓名和职务，用逗号或空格隔开：{line}", "Name and post on each line, with a comma between: {line}"
)
_MANY = Text("最多{most}人", "{most} people at most").fill(most=MOST_ATTENDEES)
_TWICE = Text("同一人写了两次：{name}", "Named twice: {name}")
_NOBODY = Text("没有出席人员的，请写明请假原因", "Where nobody comes, say why")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """What a notice says; instants are aware."""

    subject: str
    place: str
    starts_at: datetime
    ends_at: datetime | None
    attendance: str
    body: str
    contact: str
    reply_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody who comes for a department."""

    name: str
    post: str


def faults_of_words(words: NoticeWords, *, at: datetime) -> list[FieldProblem]:
    """What is wrong with a notice that is sent at an instant."""
    found = [
        *judged_text("subject", words.subject, MOST_SUBJECT),
        *judged_text("place", words.place, MOST_PLACE),
        *judged_text("attendance", words.attendance, MOST_ATTENDANCE),
        *judged_text("contact", words.contact, MOST_CONTACT),
    ]
    if len(words.body) > MOST_BODY:
        found += judged_text("body", words.body, MOST_BODY)
    if words.starts_at <= at:
        found.append(refuse("starts_on", _PAST))
    if words.ends_at is not None and words.ends_at <= words.starts_at:
        found.append(refuse("ends", _ENDS))
    if not at < words.reply_until <= words.starts_at:
        found.append(refuse("reply_on", _REPLY))
    return found


def attendees_of(text: str) -> tuple[tuple[Attendee, ...], list[FieldProblem]]:
    """Read attendees, one a line, and say what is wrong with them."""
    people: list[Attendee] = []
    faults: list[FieldProblem] = []
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        name, _, post = line.replace("，", ",").replace("、", ",").partition("," if _has_comma(line) else " ")
        one = Attendee(name=name.strip(), post=post.strip())
        if not one.name or not one.post or len(one.name) > MOST_NAME or len(one.post) > MOST_POST:
            faults.append(refuse("attendees", _LINE.fill(line=line[:40].replace("{", "").replace("}", ""))))
        elif one in people:
            faults.append(refuse("attendees", _TWICE.fill(name=one.name)))
        else:
            people.append(one)
    if len(people) > MOST_ATTENDEES:
        faults.append(refuse("attendees", _MANY))
    return tuple(people), faults


def written(people: tuple[Attendee, ...]) -> str:
    """The text from which ``attendees_of`` reads them."""
    return "\n".join(f"{one.name}，{one.post}" for one in people)


def faults_of_reply(people: tuple[Attendee, ...], reason: str) -> list[FieldProblem]:
    """A reply names somebody, or says why nobody comes; it may do both."""
    if not people and not reason.strip():
        return [refuse("reason", _NOBODY)]
    return judged_text("reason", reason, MOST_REASON) if reason.strip() else []


def is_reminder_due(*, reply_until: datetime, at: datetime) -> bool:
    """Whether who has not answered is reminded at an instant: in the last day, and not after it."""
    return reply_until - REMIND_BEFORE <= at < reply_until


def _has_comma(line: str) -> bool:
    return any(sign in line for sign in ",，、")
