#!/bin/bash
# deb.sh BINARY VERSION ARCH OUT: a Debian package of a built binary, the same
# bytes for the same binary. Needs dpkg-deb.
set -euo pipefail
binary=$1 version=$2 arch=$3 out=$4
here=$(dirname "$0")
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
install -Dm755 "$binary" "$root/usr/bin/akhra"
install -Dm644 "$here/akhra.service" "$root/usr/lib/systemd/system/akhra.service"
install -Dm644 "$here/akhra.conf" "$root/etc/akhra/akhra.conf"
install -Dm644 "$here/../docs/RUNNING.md" "$root/usr/share/doc/akhra/RUNNING.md"
install -Dm644 "$here/../LICENSE" "$root/usr/share/doc/akhra/copyright"
mkdir -p "$root/DEBIAN"
echo /etc/akhra/akhra.conf > "$root/DEBIAN/conffiles"
cat > "$root/DEBIAN/control" <<CONTROL
Package: akhra
Version: $version
Architecture: $arch
Maintainer: Akhra <akhra@localhost>
Section: science
Priority: optional
Description: people tag pictures and a model learns from them
 A self-hosted, human-in-the-loop image-labelling platform: one binary, one
 data folder.
CONTROL
cat > "$root/DEBIAN/postinst" <<'SCRIPT'
#!/bin/sh
set -e
if [ "$1" = configure ] && [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  systemctl enable --now akhra.service
  systemctl try-restart akhra.service
  echo "Akhra runs. Its link for the owner: journalctl -u akhra | grep /link/"
fi
SCRIPT
cat > "$root/DEBIAN/prerm" <<'SCRIPT'
#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
  systemctl disable --now akhra.service
fi
SCRIPT
chmod 755 "$root/DEBIAN/postinst" "$root/DEBIAN/prerm"
find "$root" -exec touch -h -d "@${SOURCE_DATE_EPOCH:-0}" {} +
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-0} dpkg-deb --build --root-owner-group -Zxz "$root" "$out" > /dev/null
