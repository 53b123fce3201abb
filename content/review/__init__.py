"""What goes out to a clinician to be read, what comes back from her, and how it is kept."""
