"""The law of messages between nodes: pure."""
