"""The map on the screen: what it fetches once, what a filter sends, its scripts."""
