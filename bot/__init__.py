"""A Telegram bot that reads Chinese driving and vehicle licences from a photo."""

__version__ = "0.1.0"
