"""Enrolling a family and letting its caregivers in."""
