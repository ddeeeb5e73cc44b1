"""How a selection is seen: styles, colours, textures, lines and points."""
