"""Subscriptions: what changed in a resource, told to who may know it, field by field."""
