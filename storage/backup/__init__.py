"""Copies of the whole database in one file each, and the way back."""
