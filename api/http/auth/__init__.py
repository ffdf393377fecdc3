"""Being let in: keys, tokens, scopes, regions, rates."""
