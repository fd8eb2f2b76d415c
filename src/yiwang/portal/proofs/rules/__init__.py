"""The one spelling of what a page says. Pure."""
