"""Reads of identity; they give contracts, never models."""
