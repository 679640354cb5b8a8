"""One module per rule across the fields and papers."""
