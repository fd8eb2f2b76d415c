"""What a community writes on a notice, judged."""

from __future__ import annotations

from datetime import date, timedelta

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.portal.kiosk.contracts import Job
from yiwang.portal.talking.rules.personal import personal_in
from yiwang.portal.talking.rules.wording import judged_text, refuse

MOST_TITLE, MOST_BODY, MOST_PLACE, MOST_CONTACT, MOST_PHONE = 60, 2000, 100, 60, 30
MOST_DAYS, MOST_OPENINGS, MOST_WAGE = 180, 9999, 999_999
_PERSONAL = Text(
    "有个人信息（手机号、身份证号等），请删去", "Holds personal data such as a mobile number; take it out"
)
_PAST = Text("有效期不能早于今天", "It cannot end before today")
_FAR = Text("有效期最长{days}天", "It is shown for {days} days at most").fill(days=MOST_DAYS)
_PHONE = Text("请填写单位电话，如020-12345678", "Enter the office's telephone, such as 020-12345678")
_OPENINGS = Text("请填写1至{most}的人数", "Enter a number from 1 to {most}").fill(most=MOST_OPENINGS)
_WAGE = Text("工资为1至{most}元的整数", "Wages are whole yuan from 1 to {most}").fill(most=MOST_WAGE)
_BACKWARDS = Text("最高工资不能低于最低工资", "The highest wage is below the lowest")


def faults_of_notice(
    *, title: str, body: str, contact: str, phone: str, valid_until: date, today: date
) -> list[FieldProblem]:
    """What is wrong with a notice of either kind."""
    said = (("title", title, MOST_TITLE), ("body", body, MOST_BODY), ("contact", contact, MOST_CONTACT))
    found = [problem for path, text, most in said for problem in judged_text(path, text, most)]
    found += [refuse(path, _PERSONAL) for path, text, _ in said if personal_in(text)]
    found += judged_text("phone", phone, MOST_PHONE)
    if phone.strip() and (not set(phone) <= set("0123456789-— +()（）转") or personal_in(phone)):
        found.append(refuse("phone", _PHONE))
    if valid_until < today:
        found.append(refuse("valid_until", _PAST))
    if valid_until > today + timedelta(days=MOST_DAYS):
        found.append(refuse("valid_until", _FAR))
    return found


def faults_of_job(job: Job) -> list[FieldProblem]:
    """What is wrong with what only a job has."""
    found = judged_text("place", job.place, MOST_PLACE)
    if not 1 <= job.openings <= MOST_OPENINGS:
        found.append(refuse("openings", _OPENINGS))
    for path, wage in (("wage_from", job.wage_from), ("wage_to", job.wage_to)):
        if wage is not None and not 1 <= wage <= MOST_WAGE:
            found.append(refuse(path, _WAGE))
    if job.wage_from is not None and job.wage_to is not None and job.wage_to < job.wage_from:
        found.append(refuse("wage_to", _BACKWARDS))
    return found
