#!/bin/sh
# Install what a lock file says, hashes and all: install_locked.sh PYTHON LOCKFILE
# By uv, on all cores and in a quarter of the time of pip; by pip where uv, which does not
# read pip's configuration, gets nowhere.
set -eu
python=$1
lock=$2
own=$(mktemp)
trap 'rm -f "$own"' EXIT
sed -n '/^uv==/,/[^\\]$/p' "$lock" > "$own"
index=${PIP_INDEX_URL:-$("$python" -m pip config get global.index-url 2>/dev/null || true)}

"$python" -m pip install --quiet --require-hashes -r "$own" &&
  "$python" -m uv pip install --quiet --python "$python" --require-hashes \
    --compile-bytecode ${index:+--default-index "$index"} -r "$lock" ||
  "$python" -m pip install --quiet --require-hashes -r "$lock"
