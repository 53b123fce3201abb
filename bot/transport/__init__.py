"""How calls of the Bot API travel: requests of python-telegram-bot over aiohttp or httpx, with the same answers."""
