"""Runs of the command that a signal ends at random moments."""
