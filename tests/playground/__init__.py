"""The playground, tried over HTTP."""
