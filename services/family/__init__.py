"""What a caregiver asks and changes herself."""
