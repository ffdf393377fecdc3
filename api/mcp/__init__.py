"""The same questions as tools of a Model Context Protocol server, for assistants.

Needs the extra `lianpu[mcp]`. `lianpu mcp` speaks over standard input and output; the HTTP service
has it under `/mcp`, behind the same keys.
"""
