"""The world outside on one's own machine: a Bot API server on loopback, a page of phones and the simulated clock."""
