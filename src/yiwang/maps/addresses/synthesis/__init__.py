"""Made-up addresses inside a city's real communities, and dirty writings of them with the right answers.

The same seed gives the same addresses. Nothing here uses the rules by which addresses are read: what the
reading is measured on was made without it.
"""
