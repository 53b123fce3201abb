"""From marked-up text to plain text with entities, as Telegram parses it."""
