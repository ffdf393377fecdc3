"""Which enterprise does this row mean? Names and codes in, decisions with their reasons out.

Nothing here reads a store: every function works on the names and codes that it is given.
"""
