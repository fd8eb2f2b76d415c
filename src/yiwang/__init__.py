"""Yiwang 一网: the operating platform of a digital city."""

__version__ = "0.1.0"
