"""Receiving, planning, sending."""
