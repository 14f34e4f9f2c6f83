#!/bin/sh
# Runs build.ps1 with the dotnet of a folder: build-ps1.sh FOLDER ARGS
set -eu
# shellcheck source=tests/ComposeLab.LabScript.Tests/find-pwsh.sh
. "$(dirname -- "$0")/find-pwsh.sh"
shift
PATH=$folder:$PATH exec "$pwsh_program" ${pwsh_dll:+"$pwsh_dll"} -NoLogo -NoProfile -File "$root/build.ps1" "$@"
