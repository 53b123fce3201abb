"""The demo: a village in the browser, without a token."""
