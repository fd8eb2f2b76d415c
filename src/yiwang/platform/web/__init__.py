"""Pages: theme, templates, components, texts and navigation which portal and desk stand on."""
