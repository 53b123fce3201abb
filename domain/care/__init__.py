"""Care that is no vaccination of a child, on the same kind of days: check-ups, pregnancy, screening, campaigns."""
