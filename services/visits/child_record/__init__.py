"""A child's record as it is told: what she has had before, what was given and counted, what is next, and why."""
