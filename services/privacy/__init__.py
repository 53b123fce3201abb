"""What somebody may know, allow, take back and have forgotten of her own data."""
