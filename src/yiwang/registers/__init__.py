"""What the city knows: declared, typed tables with history."""
