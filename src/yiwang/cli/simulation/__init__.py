"""A living city: synthetic people, firms and officers act through the same doors as everybody.

Chance is drawn by name from one seed, so the same seed on the same day gives the same city.
"""
