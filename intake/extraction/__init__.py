"""Words to facts."""
