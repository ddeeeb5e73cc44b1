"""Heavy work in processes of its own, so that nothing else waits for it."""
