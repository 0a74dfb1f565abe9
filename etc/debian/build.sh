#!/bin/sh
# npm run package:deb: makes out/mongowatch_VERSION_all.deb from what npm would
# publish and its production dependencies, with debhelper. The same commit
# gives the same bytes.
set -eu
cd "$(dirname "$0")/../.."
root=$PWD

for tool in dh dpkg-buildpackage; do
  command -v "$tool" >/dev/null && continue
  echo "$tool is missing: apt-get install debhelper dpkg-dev" >&2
  exit 1
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm pack --silent --ignore-scripts --pack-destination "$work" >/dev/null
tar -xzf "$work"/*.tgz -C "$work"
cd "$work/package"
cp "$root/package-lock.json" .
npm ci --silent --omit=dev --omit=optional --omit=peer --ignore-scripts \
  --no-audit --no-fund
cp -R "$root/etc/debian" debian

version=$(node -p "require('./package.json').version.replace('-', '~')")
date=$(git -C "$root" log -1 --format=%cD 2>/dev/null || date -R)
maintainer=$(sed -n 's/^Maintainer: //p' debian/control)
cat >debian/changelog <<END
mongowatch ($version) unstable; urgency=medium

  * What is new is in CHANGELOG.md.

 -- $maintainer  $date
END

log=$work/log
dpkg-buildpackage --build=binary --no-sign >"$log" 2>&1 || {
  cat "$log" >&2
  exit 1
}
mkdir -p "$root/out"
mv "$work/mongowatch_${version}_all.deb" "$root/out"
echo "out/mongowatch_${version}_all.deb"
