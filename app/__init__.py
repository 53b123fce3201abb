"""Where the rooms are plugged together: settings, clock, wiring, command line."""
