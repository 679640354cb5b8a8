"""The commands of the queue, registered by ``web/cli.py``."""
