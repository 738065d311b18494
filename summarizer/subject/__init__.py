"""One subject: its documents made ready, what they say of a quote, and what is new in them."""

from .preparing import Subject, Weighed
from .supporting import Support
from .updating import Updates

__all__ = ["Subject", "Support", "Updates", "Weighed"]
