# shellcheck shell=sh
# The base of every substitute builder: strict mode, a temporary work folder, and the number of the recipe. Sourced.

# shellcheck disable=SC2154 source=compose/base-images/common.sh
. "$here/common.sh"

# Increase it to rebuild existing substitutes; ensure.sh keeps those with a higher number.
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
