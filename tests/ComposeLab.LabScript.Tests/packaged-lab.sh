#!/bin/sh
# The package alone: in a folder outside the clone, for a user with an empty home, in a session that knows nothing of the clone.
# `./lab package` created it before.
set -eu
# shellcheck source=tests/ComposeLab.LabScript.Tests/find-pwsh.sh
. "$(dirname -- "$0")/find-pwsh.sh"

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
run_pwsh -NoProfile -File "$root/tests/ComposeLab.LabScript.Tests/packaged-lab.ps1" "${folder##*/}"
after=$(cd "$package" && find . -type f -exec cksum {} + | sort)
[ "$before" = "$after" ] && echo "nothing was written into the module"
