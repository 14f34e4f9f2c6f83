# shellcheck shell=sh
# The base of every substitute builder: a temporary work folder, and the number of each recipe. Sourced.

# shellcheck disable=SC2154 source=compose/base-images/common.sh
. "$here/common.sh"

# shellcheck disable=SC2034
recipe_label=composelab.recipe

# recipe_of TAG: the number of the recipe that a substitute is built with. A higher one rebuilds the existing substitutes of that name; ensure.sh
# keeps those that have a higher number than here.
recipe_of() {
    case $1 in
    composelab/postgres:*) echo 2 ;;
    *) echo 1 ;;
    esac
}

begin() {
    work=$(mktemp -d "${TMPDIR:-/tmp}/composelab-image.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}
