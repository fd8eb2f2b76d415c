"""What pages load (style, scripts, signs): packed, and kept by browsers under names of their content.

``collectstatic``, a step of each start after a change, writes them to ``var/collected``. Files of an earlier
version stay there, since a kept or copied page may name them.
"""

from __future__ import annotations

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: Folders of our own modules, which name each other in their imports; what others wrote mentions imports of
#: files that aren't there.
_OWN = ("platform", "cases", "identity", "kiosk", "maps", "portal")
_STYLE = HashedFilesMixin.patterns[0]
#: ``import … from "./x.js";``, ``export … from "./x.js";`` and ``import("./x.js")``.
_IMPORTS = (
    (
        r"""(?P<matched>(?P<what>import|export)(?P<names>\s[^'"();]*?)\s*from\s*["'](?P<url>\.[^'"]*)["']\s*;)""",
        '%(what)s%(names)s from "%(url)s";',
    ),
    (r"""(?P<matched>import\(["'](?P<url>\.[^'"]*)["']\))""", 'import("%(url)s")'),
)
#: Of vendors' folders: what no page loads.
NOT_SENT = ["*.map", "*.ts", "*.development.js", "skills", "scripts", "editors"]


class PageFiles(CompressedManifestStaticFilesStorage):
    """Named by content once they are collected; before that, as in tests, as they lie in the source."""

    patterns = (_STYLE, *((f"{folder}/*.js", _IMPORTS) for folder in _OWN))

    def stored_name(self, name: str) -> str:
        """Give the name under which a file is sent; one that came after the last start has its own."""
        is_collected = self.hash_key(self.clean_name(name)) in self.hashed_files
        stored: str = super().stored_name(name) if is_collected else name
        return stored
