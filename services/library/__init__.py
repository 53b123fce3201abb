"""Reading on one's own: cards for danger, messages by topic and by words, and what she makes of them."""
