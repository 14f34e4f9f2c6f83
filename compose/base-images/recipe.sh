# shellcheck shell=sh
# The ground of every stand-in builder: strict words, a work folder that goes away again, and the number of the recipe. Sourced.

# shellcheck disable=SC2154 source=compose/base-images/common.sh
. "$here/common.sh"

# Raise it when stand-ins made before should be made again; ensure.sh leaves those of a higher number alone.
# shellcheck disable=SC2034
recipe=1
# shellcheck disable=SC2034
recipe_label=composelab.recipe

begin() {
    work=$(mktemp -d "${TMPDIR:-/tmp}/composelab-image.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}
