"""Measurements: `make bench [ONLY=name]` prints a table and writes var/bench.json."""
