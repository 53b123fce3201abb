"""The Bot API: what a bot can ask of Telegram, answered as Telegram answers."""
