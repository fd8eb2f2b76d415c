"""A synthetic city of any size: people, households, firms and jobs that do not exist; their faults.

Pure: no database, no clock. The same seed gives the same city, and a smaller city of that seed is the
beginning of a larger one. Memory does not grow with the number of people.
"""
