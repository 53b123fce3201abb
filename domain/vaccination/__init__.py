"""Which vaccine is next for a child and when, judged from a schedule and from what was given."""
