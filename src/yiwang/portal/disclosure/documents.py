"""Documents for severing, by their officer."""

from __future__ import annotations

from yiwang.platform.contracts import Actor
from yiwang.platform.files import MEDIA_TYPES
from yiwang.platform.models import StoredFile
from yiwang.portal.contracts import FileNotThere
from yiwang.portal.disclosure.commands.take_document import owner_of
from yiwang.portal.disclosure.severing.contracts import SourceKind


def own_document(*, actor: Actor, file_id: int) -> tuple[StoredFile, SourceKind]:
    """A document and its kind.

    Raises:
        FileNotThere: there is none, or somebody else sent it: the two look alike.
    """
    stored = StoredFile.objects.filter(pk=file_id, owner=owner_of(actor)).first()
    kinds = {MEDIA_TYPES[kind]: kind for kind in SourceKind}
    if stored is None or stored.media_type not in kinds:
        raise FileNotThere
    return stored, kinds[stored.media_type]
