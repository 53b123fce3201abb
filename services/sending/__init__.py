"""From the outbox to the channel: claim, check again, leave, record."""
