"""Summaries as text for people; one file a format."""
