"""The nightly audit: what each family should have received, computed anew, beside what became of it."""
