"""`python -m bot` is `licence-bot`."""

from bot.cli import main

main()
