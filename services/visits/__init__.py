"""Visits: what is due, what was answered, what was given."""
