#!/bin/sh
# Set the atlas up beside this file, without the internet, and start it. What stands
# behind goes to `atlas serve`: ./start.sh --port 8600 --address 127.0.0.1
# VENV=/srv/atlas/venv names another folder for what is set up.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
venv=${VENV:-"$here/venv"}
done_file="$venv/installed-@VERSION@"

[ "$(uname -m)" = x86_64 ] || {
  echo "此安装包只适用于x86_64处理器。" >&2
  echo "This archive is for processors x86_64." >&2
  exit 1
}
if [ ! -e "$done_file" ]; then
  python=$(sh "$here/find_python.sh" @PYTHONS@)
  echo "首次启动，正在安装，需要几分钟……" >&2
  echo "Setting up, for the first start only: some minutes …" >&2
  # Debian's Python has no pip without another package: it comes with the archive.
  "$python" -m venv --clear --without-pip "$venv"
  PYTHONPATH="$here/wheels/@PIP@" "$venv/bin/python" -m pip install --quiet \
    --no-index --no-deps "$here/wheels/@PIP@"
  "$venv/bin/python" -m pip install --quiet --no-index --find-links "$here/wheels" \
    --require-hashes -r "$here/requirements.lock"
  "$venv/bin/atlas" prepare >&2
  : > "$done_file"
fi
exec "$venv/bin/atlas" serve "$@"
