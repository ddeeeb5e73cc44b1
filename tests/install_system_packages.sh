#!/bin/sh
# Install the Debian packages that are missing, and only those.
#   install_system_packages.sh venv PYTHON   what `python -m venv` needs
#   install_system_packages.sh scripts       Node and npm, which check the scripts
#   install_system_packages.sh bundle        a bare Debian in a folder, and a network of its own
#   install_system_packages.sh replicas      nginx and openssl, beside what the tests take
#   install_system_packages.sh tests         Chromium without its windows, a Chinese font, ogrinfo, pdftotext, PostgreSQL
set -eu

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"
  else echo "Run as root, or install by hand: $*" >&2; exit 1; fi
}

install() {
  command -v apt-get >/dev/null || {
    echo "This machine has no apt-get. Install by hand: $*" >&2; exit 1
  }
  # Two of us may come at once, with packages of different purposes.
  exec 9>"${TMPDIR:-/tmp}/atlas-packages.$(id -u).lock"
  ! command -v flock >/dev/null || flock 9
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@"
}

case "$1" in
  venv)
    python=$(command -v "$2" || command -v python3 || true)
    if [ -z "$python" ]; then install python3 python3-venv
    elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then install python3-venv
    fi
    ;;
  scripts)
    command -v node >/dev/null && command -v npm >/dev/null || install nodejs npm
    node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
      process.exit(major > 18 || (major === 18 && minor >= 19) ? 0 : 1)' || {
      echo "The scripts are checked with Node 18.19 or newer; this is $(node --version)." >&2
      exit 1
    }
    ;;
  tests)
    missing=""
    command -v chromium-headless-shell >/dev/null || missing="$missing chromium-headless-shell"
    command -v ogrinfo >/dev/null || missing="$missing gdal-bin"
    command -v pdftotext >/dev/null || missing="$missing poppler-utils"
    ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing="$missing postgresql"
    # Where PostgreSQL was there before us, PostGIS need not be.
    ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 || missing="$missing postgresql-postgis"
    fc-list 2>/dev/null | grep -qi 'Noto Sans CJK' || missing="$missing fonts-noto-cjk fontconfig"
    # shellcheck disable=SC2086 # a list of names
    [ -z "$missing" ] || install $missing
    ;;
  bundle)
    command -v debootstrap >/dev/null || install debootstrap
    command -v ip >/dev/null || install iproute2
    ;;
  replicas)
    command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || install nginx-light
    command -v openssl >/dev/null || install openssl
    ;;
  *) echo "usage: $0 venv PYTHON | scripts | bundle | replicas | tests" >&2; exit 2 ;;
esac
