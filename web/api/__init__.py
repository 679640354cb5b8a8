"""The API, version 1: one module per noun, each with its blueprint."""
