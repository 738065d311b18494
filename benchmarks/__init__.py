"""Measurements of summarizer: ``python -m benchmarks --help``."""
