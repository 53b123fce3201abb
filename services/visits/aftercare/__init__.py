"""After a vaccination: what is usual and what is not, one tap, and who is told of it."""
