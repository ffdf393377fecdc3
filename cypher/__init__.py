"""Every query text that Neo4j is given: one query a file, its name is its path.

A file starts with comments: what it does, and then `// params:` with the values that it takes,
`// example:` with some to try it with, `// names:` with the labels, types and properties that are
filled in from the schema where it says «name», and `// returns:` with its columns.
"""

from .queries import Parameter, Query, Value, load, names, statements

__all__ = ["Parameter", "Query", "Value", "load", "names", "statements"]
