"""The service over HTTP, under /v1, over published snapshots.

Where things go:

- `routes/`: one file a resource, each with a `router`. `app.py` registers it in `READING` or
  `WRITING`; a path whose answer depends on the snapshot alone is also named in `KEPT`, so that
  answers are given again and get an ETag. A route says what it wants in its parameters:
  `service: Here` (`service.py`) has the atlas, the operational database and the settings;
  `caller: Reader` (or `Importer`, `Seller`, `Reviewer`, `Administrator`: `auth/access.py`) is who
  asks, with scopes and region, and refuses whoever lacks the scope.
  `service.ensure_sees(caller, region)` refuses what belongs to another region (leads, imports),
  `service.ensure_may_ask` questions about one.
- `problems.py`: every refusal. A route raises a `LianpuError`; the table there gives it a `type`
  and a title, `handlers.py` makes it problem+json. A new kind of refusal is a class and a line.
- `reading/`: what all lists have in common: pages, order, choice of fields, CSV and XLSX.
- `stack/`: the layers around all routes, see there. `stack/common.py` names the paths that are
  open to those without a key.
- `auth/`: keys, tokens, scopes, rates.
- `duties.py`: work that goes on without being asked (deliveries, imports, writing leads to the
  graph). A duty is registered in `DUTIES` of `app.py` and done by one worker at a time.
- `document.py`: the OpenAPI document; tags and texts.

`../operational/` keeps what is no fact of the graph: one module a table with what is done to it.
`Database.reading()` and `Database.writing()` open a session; what belongs together is written in
one `writing()`.
"""

from .app import create_app

__all__ = ["create_app"]
