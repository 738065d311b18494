"""Tests of summarizer: one file a module, golden files, and the command end to end."""
