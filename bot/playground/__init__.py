"""Telegram on this machine: a Bot API server on loopback and a chat page.

It speaks HTTP and knows nothing of the bot that talks to it. Everything is held in memory; no
message and no photo touches the disk.
"""
