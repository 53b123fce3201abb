"""Vaccination schedules as files that a clinician can read, correct and sign."""
