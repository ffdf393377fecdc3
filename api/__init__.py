"""The faces of the atlas: command line, workbooks and, over HTTP, the API."""
