"""Tests of clean."""
