"""Pages of files of addresses."""
