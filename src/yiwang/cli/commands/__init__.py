"""One command a file: a module named like the command, with a function ``command`` or a Typer ``group``."""
