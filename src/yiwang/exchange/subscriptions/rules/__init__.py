"""Law of subscriptions."""
