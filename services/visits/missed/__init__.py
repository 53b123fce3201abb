"""Missed or turned away: what is asked the day after, what is answered, and who calls."""
