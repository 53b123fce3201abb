"""`python -m app` is `cradle`."""

from app.command_line import main

main()
