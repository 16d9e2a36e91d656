#!/bin/bash
# release.sh [VERSION]: every build into dist/, with checksums. The same commit
# and Go release make the same bytes.
set -euo pipefail
cd "$(dirname "$0")/.."
version=${1:-$(git describe --tags --always --dirty | sed 's/^v//')}
export CGO_ENABLED=0 SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
rm -rf dist && mkdir dist
for target in linux/amd64 linux/arm64 windows/amd64 darwin/arm64 darwin/amd64; do
  os=${target%/*} arch=${target#*/} end=
  [ "$os" = windows ] && end=.exe
  echo "$os $arch"
  GOOS=$os GOARCH=$arch go build -trimpath -ldflags "-s -w -X main.released=$version -X main.commit=$(git rev-parse HEAD)" -o "dist/akhra-$version-$os-$arch$end" ./cmd/akhra
done
if command -v dpkg-deb > /dev/null; then
  for arch in amd64 arm64; do
    debian=$(echo "$version" | sed 's/^[^0-9]/0~&/')
    packaging/deb.sh "dist/akhra-$version-linux-$arch" "$debian" "$arch" "dist/akhra_${debian}_$arch.deb"
  done
else
  echo "dpkg-deb is missing: no Debian packages"
fi
(cd dist && sha256sum -- * > SHA256SUMS)
cat dist/SHA256SUMS
