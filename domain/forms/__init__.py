"""Dialogues as forms: questions, conditions and the way back, as data."""
