#!/bin/sh
# Print a Python that fits, or say how to get one: find_python.sh [VERSION…], the best
# first. $PYTHON, if it is set, has to fit.
set -eu
versions=${*:-3.11 3.12 3.13}

fits() {
  "$1" -c "
import sys
sys.exit('%d.%d' % sys.version_info[:2] not in '$versions'.split())" 2>/dev/null
}

named=""
for version in $versions; do named="$named python$version"; done
for name in ${PYTHON:-$named python3 python}; do
  if fits "$name"; then
    command -v "$name"
    exit
  fi
done

cat >&2 <<END
本图集需要Python（$versions之一）；${PYTHON:+$PYTHON不符合要求；}本机没有找到合适的版本。获取方法：
The atlas needs Python, one of $versions; ${PYTHON:+$PYTHON is none of them; }none was found here. To get one:
  Debian, Ubuntu   apt-get install python3 python3-venv
  Fedora, RHEL     dnf install python3.12
  macOS            brew install python@3.12
  uv, pyenv        uv python install 3.12; pyenv install 3.12
  Windows          https://www.python.org/downloads/windows/
PYTHON=/…/bin/python3.12 names one that is not on the PATH.
END
exit 1
