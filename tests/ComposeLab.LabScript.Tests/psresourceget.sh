#!/bin/sh
# PSResourceGet installs the package from a folder repository, in a home of its own. `./lab package` made it before.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
folder=$1
lib=$root/tools/lab
# shellcheck source=tools/lab/common.sh
. "$lib/common.sh"
# shellcheck source=tools/lab/build.sh
. "$lib/build.sh"
find_pwsh

mkdir -p "$folder/home"
HOME="$folder/home" XDG_DATA_HOME='' run_pwsh -NoProfile -File "$root/tests/ComposeLab.LabScript.Tests/psresourceget.ps1" "$root/out"
