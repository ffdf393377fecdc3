"""The data that ships with the package: standard vocabularies, chains, and the example."""
