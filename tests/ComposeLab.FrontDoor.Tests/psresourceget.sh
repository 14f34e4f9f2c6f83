#!/bin/sh
# The package as PSResourceGet takes it from a folder repository, in a home of its own.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
folder=$1
lib=$root/tools/lab
# shellcheck source=tools/lab/common.sh
. "$lib/common.sh"
# shellcheck source=tools/lab/build.sh
. "$lib/build.sh"
find_dotnet

"$root/lab" package >/dev/null 2>&1
cd "$root"
"$dotnet" tool restore >/dev/null
mkdir -p "$folder/home"
# The tools' own folders stay where the restore put them.
export DOTNET_CLI_HOME="${DOTNET_CLI_HOME:-$HOME}" NUGET_PACKAGES="${NUGET_PACKAGES:-$HOME/.nuget/packages}" POWERSHELL_TELEMETRY_OPTOUT=1
HOME="$folder/home" XDG_DATA_HOME='' exec "$dotnet" tool run pwsh -NoLogo -NoProfile -File "$root/tests/ComposeLab.FrontDoor.Tests/psresourceget.ps1" "$root/out"
