"""The door of callbacks."""

from yiwang.exchange.callbacks.commands.declare_callbacks import declare_callbacks
from yiwang.exchange.callbacks.delivering import send_delivery

__all__ = ["declare_callbacks", "send_delivery"]
