#!/bin/sh
# The package, alone: in a folder outside the clone, for a user with an empty home, in a session that knows nothing of the clone.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
folder=$1
lib=$root/tools/lab
shell_bin=$root/artifacts/shell/ComposeLab.Shell
# shellcheck source=tools/lab/common.sh
. "$lib/common.sh"
# shellcheck source=tools/lab/build.sh
. "$lib/build.sh"
find_dotnet

"$root/lab" package >/dev/null 2>&1
mkdir -p "$folder/modules" "$folder/home" "$folder/elsewhere"
cp -R "$root/out/ComposeLab" "$folder/modules/"
package=$(echo "$folder"/modules/ComposeLab/*)
# The image's name is fixed in the lab's files; a copy that took it would make the user's containers look outdated.
sed -i "s,composelab/api:,${folder##*/}/api:," "$package"/compose/compose*.yaml
images=$(sed -n 's/^\([A-Z_]*_IMAGE=.*\)/\1/p' "$root/compose/.env" 2>/dev/null || true)
# shellcheck disable=SC2086
[ -z "$images" ] || export $images

before=$(cd "$package" && find . -type f -exec cksum {} + | sort)
cd "$folder/elsewhere"
export HOME="$folder/home" XDG_DATA_HOME="$folder/home/data" PSModulePath="$folder/modules"
if has_pwsh; then
    pwsh -NoLogo -NoProfile -File "$root/tests/ComposeLab.FrontDoor.Tests/packaged-lab.ps1" "${folder##*/}"
else
    "$shell_bin" run "$root/tests/ComposeLab.FrontDoor.Tests/packaged-lab.ps1" "${folder##*/}"
fi
after=$(cd "$package" && find . -type f -exec cksum {} + | sort)
[ "$before" = "$after" ] && echo "nothing was written into the module"
