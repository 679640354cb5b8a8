"""Pixels to words: one engine per module."""
