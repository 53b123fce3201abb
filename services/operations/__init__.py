"""How the programme does: measured, watched, and told to staff."""
