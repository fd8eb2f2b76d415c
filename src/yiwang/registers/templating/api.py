"""The door of templates."""

from yiwang.registers.templating.exchanging import export_template, import_template

__all__ = ["export_template", "import_template"]
