"""A session day: who is expected, what is said of each, and what goes on record."""
