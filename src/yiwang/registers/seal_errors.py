"""What is said when something that lies encrypted can't be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text


@dataclass(eq=False)
class SealBroken(YiwangError):
    """What lies encrypted can't be read: the session's key isn't that of the data, or the bytes were changed.

    Nothing was done. It says nothing of the value, nor of the entry.
    """

    status: ClassVar[int] = 500
    text: ClassVar[Text] = Text(
        "加密数据无法解密：密文被改动或来自别处。请联系系统管理员。",
        "Encrypted data cannot be read: they were changed, or come from elsewhere. Tell the administrator.",
    )


@dataclass(eq=False)
class SealKeyWrong(SealBroken):
    """The installation's secret isn't the one under which the data were encrypted, or is missing."""

    text: ClassVar[Text] = Text(
        "加密数据无法解密：安装密钥与数据不符。请恢复原来的密钥文件。",
        "Encrypted data cannot be read: the installation's secret is not theirs. Restore its file.",
    )
