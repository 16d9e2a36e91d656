#!/bin/bash
# starts.sh [DIST]: do the builds for other machines start? Each release binary
# that this machine can run, by itself, under qemu-user or under wine, tells its
# version, brings in a picture, answers /readyz and writes a table; the Debian
# package is unpacked and its unit verified. Without DIST it builds what it tries.
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
  $runner "$akhra" version --json > version.json 2> log || { say "$name" "does not start" log; return 1; }
  $runner "$akhra" serve --data data --addr "127.0.0.1:$port" > log 2>&1 &
  local server=$!
  for _ in $(seq 120); do
    curl -sf "http://127.0.0.1:$port/readyz" > /dev/null && break
    sleep 0.5
  done
  curl -sf "http://127.0.0.1:$port/readyz" > /dev/null || { say "$name" "does not serve" log; well=1; }
  kill "$server" 2>/dev/null
  wait "$server" 2>/dev/null
  if ! $runner "$akhra" import images pictures --data data --project Tried --classes one,two > import 2>&1; then
    say "$name" "does not bring in a picture" import
  elif ! $runner "$akhra" export --data data --project Tried --out table.csv > export 2>&1 || ! grep -q work.jpg table.csv; then
    say "$name" "does not write a table" export
  elif [ $well = 0 ]; then
    echo "$name: starts, serves, imports, exports"
  fi
  [ -s table.csv ] || well=1
  return $well
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
  wineboot -i > "$work/wineboot" 2>&1
  forward "$WINEPREFIX/drive_c/windows/system32"
  try windows-amd64 18193 wine "$build"
  wineserver -k 2>/dev/null
else
  echo "windows-amd64: not tried, wine is missing"
fi
for build in darwin/amd64 darwin/arm64; do
  CGO_ENABLED=0 GOOS=${build%/*} GOARCH=${build#*/} go build -o /dev/null ./cmd/akhra && echo "${build/\//-}: compiles; nothing here can run it"
done

packaging/deb.sh "$(binary linux amd64 "")" 0 amd64 "$work/akhra.deb"
mkdir "$work/root" && dpkg-deb -x "$work/akhra.deb" "$work/root"
if "$work/root/usr/bin/akhra" version > /dev/null && [ -s "$work/root/etc/akhra/akhra.conf" ]; then
  echo "deb: unpacks, starts"
else
  failed=1
  echo "deb: does not start"
fi
if command -v systemd-analyze > /dev/null; then
  sed "s|/usr/bin/akhra|$work/root/usr/bin/akhra|; /^Documentation/d" "$work/root/usr/lib/systemd/system/akhra.service" > "$work/akhra.service"
  systemd-analyze verify "$work/akhra.service" && echo "unit: verified" || failed=1
fi
exit $failed
