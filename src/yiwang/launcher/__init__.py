"""What must be on the machine before the city can run, with the standard library only.

Runs under any Python >= 3.11, as root or as an ordinary user, before there is a virtual environment.
"""
