"""Tests of the integrations, in an environment with the libraries that they are for."""

import os

# Haystack reports home unless told otherwise.
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
