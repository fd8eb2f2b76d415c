"""What a layer begins as, and what is proposed for it; pure."""
