"""What is found: each source tells its documents."""
