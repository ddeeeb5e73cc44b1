"""What the garbage collector need not look through."""

import gc


def set_apart() -> None:
    """Set apart from collection what is loaded for good, and free what is not.

    Streamlit collects garbage after every rerun; what is loaded for good need not be
    looked through each time (measured: 60 ms of a rerun's 110). After a change of
    edition the old one, set apart until then, is given back.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
