"""The command ``summarize``."""
