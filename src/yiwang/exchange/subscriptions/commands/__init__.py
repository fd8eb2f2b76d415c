"""Acts of subscriptions, one a file."""
