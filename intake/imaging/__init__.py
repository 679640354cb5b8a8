"""Pixels to pixels: one module per step."""
