"""Telegram, both ways: parse a stored update, call one service, draw the answer; and the sender."""
