"""Standard addresses (S047): read, print, find, suggest, place."""
