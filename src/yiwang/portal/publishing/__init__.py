"""What must hold before a page goes out and while it stands: gate, freshness, yearly report.

Pure law without Django: pages come as plain records, time and calendars as arguments.
"""
