"""What may be sent, when, and what a channel's answer means."""
