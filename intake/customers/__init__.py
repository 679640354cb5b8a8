"""Pure rules of the customer file."""
