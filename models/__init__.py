"""What is kept: rows, files, keys. Nothing else touches them."""
