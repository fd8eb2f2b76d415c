"""From a file of rows to a staged table: decoded, split, counted, nothing believed yet."""
