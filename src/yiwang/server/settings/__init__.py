"""Django settings of an installation, put together from small parts; nothing here computes policy."""

from yiwang.server.settings.apps import *  # noqa: F403
from yiwang.server.settings.city import *  # noqa: F403
from yiwang.server.settings.database import *  # noqa: F403
from yiwang.server.settings.mail import *  # noqa: F403
from yiwang.server.settings.security import *  # noqa: F403
from yiwang.server.settings.sign_in import *  # noqa: F403
from yiwang.server.settings.web import *  # noqa: F403
