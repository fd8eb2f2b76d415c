"""From the tables to a file of any size: a row at a time, whatever the format."""
