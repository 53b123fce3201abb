"""APScheduler: when things run, never what."""
