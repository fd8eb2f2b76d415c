"""Situations: pages declared over stations and their values, judged by decision tables."""
