"""Tests of ``summarize serve``."""
