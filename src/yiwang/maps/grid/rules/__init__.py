"""What codes of cells and components say."""
