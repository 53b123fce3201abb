"""What a province settles for itself, entered by staff."""
