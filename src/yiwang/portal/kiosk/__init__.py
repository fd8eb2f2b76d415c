"""Kiosk mode: touch pages of terminals in public places, and what a community posts on them."""
