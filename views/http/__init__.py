"""Answers by address: assets, geometry, layers, sheets, OGC API - Features."""
