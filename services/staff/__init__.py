"""Places and people of the programme."""
