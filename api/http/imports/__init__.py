"""Imports: spreadsheets that are handed in, and what came of them."""
