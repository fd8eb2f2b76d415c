"""What a pack may write in ``resources/*.yaml``: what an organisation shares through the exchange."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.exchange.contracts import Secrecy, Sharing
from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text

NAME = r"^[a-z][a-z0-9_]{0,39}$"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SharedField(_Strict):
    """A field that is shared; its words and secrecy stand here because the catalogue shows them."""

    name: str = Field(pattern=NAME)
    title: Text
    secrecy: Secrecy


class ResourceDefinition(_Strict):
    """A resource of the catalogue, with the metadata of GB/T 21063 that an answer needs."""

    code: str = Field(pattern=NAME)
    title: Text
    summary: Text
    owner: str = Field(description="Code of the organisation that shares it")
    #: What kind of thing answers: ``register``; engines register providers.
    kind: str = Field(pattern=NAME)
    #: Which one of that kind, e.g. the code of the register.
    source: str = Field(pattern=NAME)
    sharing: Sharing
    #: Why it may be shared, or why not (GB/T 21063.4: basis of the sharing type).
    legal_basis: Text
    fields: tuple[SharedField, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        names = [field.name for field in self.fields]
        if len(names) != len(set(names)):
            raise Unfit(Text("字段重复", "a field is listed twice"))
        return self._free_of_personal_data_if_unconditional()

    def _free_of_personal_data_if_unconditional(self) -> Self:
        # PIPL article 13 asks for a ground for each use, so personal data are never shared unasked
        personal = [f.name for f in self.fields if f.secrecy.level >= Secrecy.PERSONAL.level]
        if self.sharing is Sharing.UNCONDITIONAL and personal:
            raise Unfit(
                Text(
                    f"个人信息字段不能无条件共享：{', '.join(personal)}",
                    f"personal fields are never shared unconditionally: {', '.join(personal)}",
                )
            )
        return self
