"""Use cases, one file per verb; the ports they need; and access.py, the only way to obtain somebody's data."""
