"""Messages that staff write to many families: whom, what, in which order of steps, and until when."""
