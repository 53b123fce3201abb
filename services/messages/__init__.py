"""Receiving, planning, replying; sending has a room of its own."""
