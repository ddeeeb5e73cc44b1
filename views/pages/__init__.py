"""The pages of the application, and what only they are made of."""
