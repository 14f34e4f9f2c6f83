#!/bin/sh
# PSResourceGet installs the package from a folder repository, in a separate home. `./lab package` created it before.
set -eu
# shellcheck source=tests/ComposeLab.LabScript.Tests/find-pwsh.sh
. "$(dirname -- "$0")/find-pwsh.sh"

mkdir -p "$folder/home"
export HOME="$folder/home" XDG_DATA_HOME=''
run_pwsh -NoProfile -File "$root/tests/ComposeLab.LabScript.Tests/psresourceget.ps1" "$root/out"
