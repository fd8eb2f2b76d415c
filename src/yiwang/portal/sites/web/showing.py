"""What readers see of a kind beyond a page's own fields and body: a function a kind.

Another app of the portal enters its own at start: ``SHOWN.register("policy", shown_policy)``.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from yiwang.kernel.registry import Registry
from yiwang.portal.sites.contracts import PageView, SiteView

Context = dict[str, object]
Shown = Callable[[HttpRequest, SiteView, PageView], Context]
#: By the key of the kind; what it gives joins the template's context.
SHOWN: Registry[Shown] = Registry("what readers see of a kind of pages")
