"""What every page has around it: components, notices, what a session remembers."""
