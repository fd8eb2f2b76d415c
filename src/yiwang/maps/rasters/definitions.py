"""What a pack may write in ``rasters/*.yaml``."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text
from yiwang.maps.definitions import CODE, Audience, OrganisationCode, Zoom

RasterForm = Literal["orthophoto", "elevation"]


class RasterDefinition(BaseModel):
    """A raster: pictures of the ground by year, or the height of the ground in metres; for whom, whose."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=CODE)
    title: Text
    summary: Text
    group: Text
    owner: OrganisationCode
    #: ``orthophoto``: one band of grey or three of colour; ``elevation``: one band of metres.
    kind: RasterForm
    #: Always said: what an aircraft sees is not for everybody unless somebody decides so.
    audience: Audience
    #: Who took it and under which number it was approved; stands on the map.
    attribution: Text
    from_zoom: Zoom = 0
    #: It is kept no finer than this zoom.
    to_zoom: Zoom = 19
    #: The demonstration's; said wherever it is shown.
    is_made_up: bool = Field(default=False, alias="made_up")

    @model_validator(mode="after")
    def _goes_up(self) -> Self:
        if self.from_zoom > self.to_zoom:
            raise Unfit(Text("from_zoom大于to_zoom", "from_zoom is greater than to_zoom"))
        return self
