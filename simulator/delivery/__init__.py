"""How updates reach the bot: it asks (long polls) or is told (webhooks)."""
