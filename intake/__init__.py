"""The core: bytes of a scan -> confirmed customer file. No database, no web, no queue."""
