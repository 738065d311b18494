"""The HTML report in a real browser; not part of the ordinary run, see ``make browser``."""
