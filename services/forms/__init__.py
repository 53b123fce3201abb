"""Dialogues: one draft a form and chat."""
