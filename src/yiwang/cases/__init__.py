"""What the city does: work that moves between departments under a legal clock."""
