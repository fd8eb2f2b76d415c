"""The commands of `./yiwang`. One file a command in ``commands/``, announced in ``register.py``."""
