"""Parts of tools/build_standards.py: where the data come from and how each table is made."""
