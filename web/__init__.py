"""The quick shell: the portal, its API and the command line."""
