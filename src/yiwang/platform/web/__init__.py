"""What all pages stand on: layouts, components, language."""
