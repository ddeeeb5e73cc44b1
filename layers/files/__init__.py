"""Files to take away, what they say of themselves, and how they are read back."""
