"""Messages that staff write to many families: written, checked, approved by a second person, sent and steered."""
