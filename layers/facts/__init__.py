"""Tables to variables: the attribute package, checked, and joined to counties."""
