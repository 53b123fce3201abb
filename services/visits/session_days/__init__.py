"""Session days that change: moved, cancelled, added, short of a vaccine; and who is told."""
