"""What packs may tell the case engine: decisions, processes, document templates, service items."""
