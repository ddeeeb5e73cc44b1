"""Results that are kept as long as the object they were made from, and no longer."""

from __future__ import annotations

import copy
import inspect
import io
import pickle
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

Owner = TypeVar("Owner")
P = ParamSpec("P")
R = TypeVar("R")


def kept_with_owner(
    function: Callable[Concatenate[Owner, P], R],
) -> Callable[Concatenate[Owner, P], R]:
    """Keep a function's results with its first argument.

    ``functools.lru_cache`` keeps its keys alive: an edition that was served once
    would stay in memory with all that was made of it. Here the results lie in the
    ``__dict__`` of the first argument and go when it goes.

    Parameters
    ----------
    function : callable
        Its first argument is an object with a ``__dict__``; the others are hashable.
        An argument that is left out and the same said are one. Two threads that ask
        for the same at once may both compute it.

    Returns
    -------
    callable
        Gives the same object for the same arguments: shared, not to be changed.

    Examples
    --------
    >>> class Owner: ...
    >>> double = kept_with_owner(lambda owner, word: word * 2)
    >>> owner = Owner()
    >>> double(owner, "ab")
    'abab'
    >>> double(owner, "ab") is double(owner, "ab")
    True
    """
    signature = inspect.signature(function)
    positions = len(signature.parameters) - 1

    @wraps(function)
    def kept(owner: Owner, /, *args: P.args, **named: P.kwargs) -> R:
        if named or len(args) < positions:
            asked = signature.bind(owner, *args, **named)
            asked.apply_defaults()
            args, named = asked.args[1:], asked.kwargs  # type: ignore[assignment]
        results: dict[Any, R] = vars(owner).setdefault("_kept", {})
        key = (function, args, tuple(sorted(named.items())))
        if key not in results:
            results[key] = function(owner, *args, **named)
        return results[key]

    return kept


def forget(owner: object) -> None:
    """Drop what is kept with an object; whoever asks again has it made again.

    What is kept may lead back to its owner. Without it the owner goes as soon as
    nobody holds it, and the garbage collector need not find the circle: a search
    through all objects stops every thread.
    """
    vars(owner).pop("_kept", None)


def packed(item: object) -> bytes:
    """Pickle an object for a process of ours, without what is kept with it or inside.

    Parameters
    ----------
    item : object
        To be read by ``pickle.loads``.
    """
    target = io.BytesIO()
    _Pickler(target, protocol=pickle.HIGHEST_PROTOCOL).dump(item)
    return target.getvalue()


class _Pickler(pickle.Pickler):
    def reducer_override(self, item: Any) -> Any:
        state = getattr(item, "__dict__", None)
        if isinstance(state, dict) and "_kept" in state:
            bare = copy.copy(item)
            del vars(bare)["_kept"]
            return bare.__reduce_ex__(pickle.HIGHEST_PROTOCOL)
        return NotImplemented
