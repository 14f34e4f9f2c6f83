#!/bin/sh
# Builds the substitute of the .NET SDK image with NativeAOT's tools: the SDK substitute plus this machine's C linker.
# Usage: sdk-aot.sh TAG SDK_TAG (called by ensure.sh, after sdk.sh)
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=compose/base-images/recipe.sh
. "$here/recipe.sh"
tag=$1
sdk=$2
begin

install_missing gcc libc6-dev zlib1g-dev

# The packages and their dependencies, from this machine.
packages=$(apt-cache depends --recurse --installed --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
    gcc zlib1g-dev | sed -n 's/^\([a-z0-9].*\)/\1/p' | sed 's/:.*//' | sort -u)
root=$work/root
for folder in bin lib lib64; do
    mkdir -p "$root/usr/$folder"
    ln -s "usr/$folder" "$root/$folder"
done
# shellcheck disable=SC2086
dpkg-query -L $packages 2>/dev/null | grep -vE '^/usr/share/(doc|man|locale|info|lintian|bug|gdb|perl5)(/|$)' | sort -u |
    while read -r file; do
        if [ -f "$file" ] || [ -L "$file" ]; then echo "$file"; fi
    done >"$work/files"
tar -c --no-recursion -T "$work/files" 2>/dev/null | tar -x --keep-directory-symlink -C "$root"
rm -f "$root/bin" "$root/lib" "$root/lib64"

container=$(docker create "$sdk")
# Replaces the trap of begin: the container must be removed too.
trap 'docker rm -f "$container" >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
tar --numeric-owner -c -C "$root" . | docker cp - "$container:/" >/dev/null
docker commit "$container" "$tag" >/dev/null || die "The image $tag could not be created." "docker info"
