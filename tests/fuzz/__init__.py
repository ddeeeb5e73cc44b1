"""Readers of files of others, given what nobody would write: `make fuzz`."""
