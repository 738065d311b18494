"""Words, languages and sentences."""
