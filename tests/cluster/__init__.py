"""Batches on a Ray cluster of several nodes; not part of the ordinary run, see ``make cluster``."""
