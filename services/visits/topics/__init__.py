"""The topic of a session day: chosen, spoken about, followed at home, counted."""
