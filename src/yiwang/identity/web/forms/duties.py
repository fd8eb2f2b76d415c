"""Stand-ins, and accounts at the desk."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from yiwang.identity.contracts import PostingView, RoleView
from yiwang.identity.web.forms.sign_in import USERNAME
from yiwang.identity.web.words import said
from yiwang.platform.web.language import say


class StandInForm(forms.Form):
    """Hand roles of one's post to a colleague from one day to another."""

    posting = forms.TypedChoiceField(label=said("岗位", "Post"), coerce=int)
    to_username = forms.CharField(
        label=said("代理人用户名", "Stand-in's user name"),
        max_length=60,
        help_text=said(
            "同一机构或其上下级机构的工作人员。", "An officer of the same organisation, or above or below it."
        ),
    )
    roles = forms.MultipleChoiceField(
        label=said("委托的角色", "Roles to hand over"), widget=forms.CheckboxSelectMultiple
    )
    starts_on = forms.DateField(
        label=said("开始日期", "First day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    ends_on = forms.DateField(
        label=said("结束日期", "Last day"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        postings: Sequence[PostingView],
        roles: Sequence[RoleView],
    ) -> None:
        super().__init__(data)
        held = {role for posting in postings for role in posting.roles}
        self.fields["posting"].choices = [  # type: ignore[attr-defined]
            (posting.id, f"{say(posting.organisation_name)} · {say(posting.post)}") for posting in postings
        ]
        self.fields["roles"].choices = [  # type: ignore[attr-defined]
            (role.code, say(role.title)) for role in roles if role.code in held
        ]


class OfficerAccountForm(forms.Form):
    """A new officer's account."""

    name = forms.CharField(label=said("姓名", "Name"), max_length=40)
    phone = forms.CharField(label=said("手机号码", "Mobile number"), max_length=11)
    username = forms.CharField(label=USERNAME, max_length=40)


class AppointmentForm(forms.Form):
    """An account takes up a post."""

    organisation = forms.CharField(
        label=said("机构代码", "Organisation code"),
        max_length=60,
        help_text=said("例如 planning、d440103。", "Such as planning or d440103."),
    )
    title_zh = forms.CharField(label=said("职务（中文）", "Title in Chinese"), max_length=80)
    title_en = forms.CharField(label=said("职务（英文）", "Title in English"), max_length=120)
    roles = forms.MultipleChoiceField(label=said("角色", "Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: QueryDict | None = None, *, roles: Sequence[RoleView]) -> None:
        super().__init__(data)
        self.fields["roles"].choices = [(role.code, say(role.title)) for role in roles]  # type: ignore[attr-defined]
