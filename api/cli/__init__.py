"""The command line `lianpu`."""
