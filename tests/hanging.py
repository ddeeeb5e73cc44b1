"""A reader that never ends, for tests of those who wait for one."""

import time

if __name__ == "__main__":
    time.sleep(600)
