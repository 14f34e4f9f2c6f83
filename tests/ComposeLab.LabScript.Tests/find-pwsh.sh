# shellcheck shell=sh disable=SC2034
# Sourced by the scripts in this folder, with the test folder as first argument: sets root and folder, and finds PowerShell as ./lab does.
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
folder=$1
lib=$root/tools/lab
# shellcheck source=tools/lab/common.sh
. "$lib/common.sh"
# shellcheck source=tools/lab/build.sh
. "$lib/build.sh"
find_pwsh
