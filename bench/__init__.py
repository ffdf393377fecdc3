"""Measuring: how fast, how much memory, how often right. `make bench` runs all of it."""
