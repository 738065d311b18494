"""Tests of what is asked of a subject's documents."""
