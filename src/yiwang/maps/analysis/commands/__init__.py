"""What an analysis writes."""
