"""Which sentences matter, and which of them make a summary."""
