"""Commands that do their work in this process: reading files, measuring, looking at the installation."""
