#!/bin/bash
# starts.sh [DIST]: do the builds for other machines start? Each release binary
# that this machine can run, by itself, under qemu-user or under wine, tells its
# version, answers /readyz, brings in a picture and writes a table; as root the
# Debian package is installed, its unit verified and all of it taken away again,
# and the last stage of the Dockerfile, which holds nothing but the binary, the
# certificates and /data, is laid out by hand and started by its user. Without
# DIST it builds what it tries. No step may take longer than two minutes.
#
#   apt-get install qemu-user-static wine64 binutils-mingw-w64-x86-64 systemd
#
# wine 8 lacks ProcessPrng, which Go asks for: a library that forwards it is made
# with binutils. What cannot be run here is said, not passed over.
set -uo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dist=${1:-$work} failed=0

# binary OS ARCH END: the build of DIST, or a new one.
binary() {
  local found
  found=$(ls "$dist"/akhra-*-"$1-$2$3" 2>/dev/null | head -1)
  if [ -z "$found" ]; then
    found=$work/akhra-0-$1-$2$3
    CGO_ENABLED=0 GOOS=$1 GOARCH=$2 go build -trimpath -ldflags '-s -w' -o "$found" ./cmd/akhra || return 1
  fi
  echo "$found"
}

# try NAME PORT RUNNER BINARY: the whole way with one binary, in a folder of its own.
# The server is stopped before pictures come in: wine has no socket files.
try() {
  mkdir -p "$work/$1/pictures" && cp docs/images/work.jpg "$work/$1/pictures/"
  (cd "$work/$1" && run "$@") || failed=1
}

run() {
  local name=$1 port=$2 runner=$3 akhra=$4 well=0
  timeout 120 $runner "$akhra" version --json > version.json 2> log || { say "$name" "does not start" log; return 1; }
  timeout -k 10 120 $runner "$akhra" serve --data data --addr "127.0.0.1:$port" > log 2>&1 &
  local server=$!
  ready "$port" || { say "$name" "does not serve" log; well=1; }
  kill "$server" 2>/dev/null
  wait "$server" 2>/dev/null
  if ! timeout 120 $runner "$akhra" import images pictures --data data --project Tried --classes one,two > import 2>&1; then
    say "$name" "does not bring in a picture" import
  elif ! timeout 120 $runner "$akhra" export --data data --project Tried --out table.csv > export 2>&1 || ! grep -q work.jpg table.csv; then
    say "$name" "does not write a table" export
  elif [ $well = 0 ]; then
    echo "$name: starts, serves, imports, exports"
  fi
  [ -s table.csv ] || well=1
  return $well
}

# ready PORT: waits until a server answers that it is.
ready() {
  for _ in $(seq 60); do
    curl -sf -m 5 "http://127.0.0.1:$1/readyz" > /dev/null && return
    sleep 0.5
  done
  return 1
}

# say NAME WHAT LOG: what went wrong, and the end of what was printed.
say() {
  echo "$1: $2"
  tail -5 "$3"
}

# forward DIR: lays the library that wine lacks where Go looks for it.
forward() {
  command -v x86_64-w64-mingw32-ld > /dev/null || return
  printf 'LIBRARY bcryptprimitives.dll\nEXPORTS\n  ProcessPrng = advapi32.SystemFunction036\n' > "$work/prng.def"
  x86_64-w64-mingw32-dlltool -d "$work/prng.def" -e "$work/prng.exp"
  x86_64-w64-mingw32-ld -shared -s -e 0 -o "$1/bcryptprimitives.dll" "$work/prng.exp" && export WINEDLLOVERRIDES=bcryptprimitives=n
}

try linux-amd64 18191 "" "$(binary linux amd64 "")"
if command -v qemu-aarch64-static > /dev/null; then
  try linux-arm64 18192 qemu-aarch64-static "$(binary linux arm64 "")"
else
  echo "linux-arm64: not tried, qemu-user-static is missing"
fi
if command -v wine > /dev/null; then
  export WINEDEBUG=-all WINEPREFIX=$work/wine
  build=$(binary windows amd64 .exe)
  timeout 120 wineboot -i > "$work/wineboot" 2>&1
  forward "$WINEPREFIX/drive_c/windows/system32"
  try windows-amd64 18193 wine "$build"
  wineserver -k 2>/dev/null
else
  echo "windows-amd64: not tried, wine is missing"
fi
for build in darwin/amd64 darwin/arm64; do
  CGO_ENABLED=0 GOOS=${build%/*} GOARCH=${build#*/} go build -o /dev/null ./cmd/akhra && echo "${build/\//-}: compiles; nothing here can run it"
done

# package: the Debian package is installed, starts and is gone again.
package() {
  dpkg -i "$work/akhra.deb" > "$work/dpkg" 2>&1 || { say deb "does not install" "$work/dpkg"; return 1; }
  local well=0
  /usr/bin/akhra version > /dev/null && [ -s /etc/akhra/akhra.conf ] || { echo "deb: does not start"; well=1; }
  if ! command -v systemd-analyze > /dev/null; then
    echo "unit: not verified, systemd is missing"
  elif systemd-analyze verify /usr/lib/systemd/system/akhra.service; then
    echo "unit: verified"
  else
    well=1
  fi
  dpkg -P akhra >> "$work/dpkg" 2>&1 || { say deb "does not go" "$work/dpkg"; well=1; }
  [ -e /usr/bin/akhra ] && { echo "deb: leaves the program behind"; well=1; }
  [ $well = 0 ] && echo "deb: installs, starts, goes"
  return $well
}

# image: what the Dockerfile's last stage holds starts as its user.
image() {
  local root=$work/image well=0
  mkdir -p "$root/etc/ssl/certs" && install -dm700 -o 65532 -g 65532 "$root/data"
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/" && cp "$(binary linux amd64 "")" "$root/akhra"
  timeout -k 10 120 chroot --userspec=65532:65532 "$root" /akhra serve --data /data --addr 0.0.0.0:18194 > "$work/image.log" 2>&1 &
  local server=$!
  ready 18194 || { say image "does not serve" "$work/image.log"; well=1; }
  kill "$server" 2>/dev/null
  wait "$server" || { say image "does not end well" "$work/image.log"; well=1; }
  [ $well = 0 ] && echo "image: its last stage starts and ends; no image was built"
  return $well
}

packaging/deb.sh "$(binary linux amd64 "")" 0 amd64 "$work/akhra.deb"
if [ "$(id -u)" != 0 ]; then
  echo "deb, image: not tried, they need root"
else
  if dpkg -s akhra > /dev/null 2>&1; then
    echo "deb: not tried, one is installed here"
  else
    package || failed=1
  fi
  image || failed=1
fi
exit $failed
