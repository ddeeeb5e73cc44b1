"""What is said of one county, once, for screen, sheet, file and command line."""
