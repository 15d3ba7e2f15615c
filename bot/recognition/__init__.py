"""From a photo to a `Recognition`. Knows nothing of Telegram."""
