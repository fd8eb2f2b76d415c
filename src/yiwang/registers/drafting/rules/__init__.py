"""What a draft says, and how its parts are changed; pure."""
