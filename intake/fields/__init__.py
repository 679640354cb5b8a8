"""One module per kind of value."""
