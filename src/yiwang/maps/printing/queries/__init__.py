"""What a sheet is drawn from."""
