#!/bin/sh
# Makes sure that the lab's base images are available. If an image registry answers, the public ones are used; otherwise, stand-ins
# with tags of our own are built from this machine's files, and compose/.env names them. A second run finds nothing to do.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
compose=$(dirname -- "$here")
env_file=$compose/.env
registry_wait=5
asked=

# shellcheck source=compose/base-images/recipe.sh
. "$here/recipe.sh"

# VARIABLE STAND-IN BUILDER, in the order of building.
images() {
    cat <<'IMAGES'
POSTGRES_IMAGE composelab/postgres:16 postgres.sh
DOTNET_RUNTIME_DEPS_IMAGE composelab/runtime-deps:10.0 runtime-deps.sh
DOTNET_SDK_IMAGE composelab/sdk:10.0 sdk.sh
DOTNET_AOT_SDK_IMAGE composelab/sdk:10.0-aot sdk-aot.sh
IMAGES
}

# public_name VARIABLE: the default in the lab's own files.
public_name() {
    sed -n "s/.*\${$1:-\([^}]*\)}.*/\1/p; s/^ARG $1=//p" "$compose/compose.yaml" "$compose/../Dockerfile" | head -n 1
}

# chosen_name VARIABLE: what Compose will use: the environment, else .env, else the public name.
chosen_name() {
    eval "chosen=\${$1:-}"
    if [ -z "$chosen" ] && [ -f "$env_file" ]; then
        chosen=$(sed -n "s/^[[:space:]]*$1=//p" "$env_file" | tail -n 1 | sed "s/[[:space:]]*#.*//; s/^[\"']//; s/[\"']\$//")
    fi
    printf '%s\n' "${chosen:-$(public_name "$1")}"
}

exists() {
    docker image inspect "$1" >/dev/null 2>&1
}

# Anything but a number below ours: made by this recipe, or by a later one.
is_current() {
    made=$(docker image inspect --format "{{index .Config.Labels \"$recipe_label\"}}" "$1" 2>/dev/null) || return 1
    [ "${made:-0}" -ge "$recipe" ]
}

# registry_has IMAGE: begins to pull it; however much has come by then, the word of the registry is what counts. Asked once for each image.
registry_has() {
    case $asked in
    *" $1=yes "*) return 0 ;;
    *" $1=no "*) return 1 ;;
    esac
    if timeout "$registry_wait" docker pull "$1" 2>/dev/null | grep -q 'Pulling from'; then
        asked="$asked $1=yes "
        return 0
    fi
    asked="$asked $1=no "
    return 1
}

# Only the small images are asked for: BuildKit takes the SDKs from the same registry when it needs them, without leaving a tag behind.
public_is_had() {
    case $1 in
    DOTNET_*) probe=$(public_name DOTNET_RUNTIME_DEPS_IMAGE) ;;
    *) probe=$2 ;;
    esac
    exists "$2" || exists "$probe" || registry_has "$probe"
}

# set_name VARIABLE NAME: writes into .env what the user has not chosen; the line that .env.example keeps commented out is the place.
set_name() {
    # The file has passwords in it: its copy must not be readable by others for a moment either.
    umask 077
    if grep -q "^#$1=" "$env_file"; then
        sed "s,^#$1=.*,$1=$2," "$env_file" >"$env_file.new"
    else
        { cat "$env_file" && printf '%s=%s\n' "$1" "$2"; } >"$env_file.new"
    fi
    # Written in place, so that owner and mode stay as they were.
    cat "$env_file.new" >"$env_file"
    rm -f "$env_file.new"
}

can_build() {
    [ "$(uname -s)" = Linux ] && [ -r /etc/debian_version ] && [ "$(id -u)" -eq 0 ]
}

if ! command -v docker >/dev/null 2>&1; then
    say "the docker program is not installed, so the base images were not looked at; the public ones are used"
    exit 0
fi
docker version >/dev/null 2>&1 || die "Expected an answer from the Docker engine, found none." "docker version"

# A folder that no other user can put a file or a link into.
private_folder() {
    if [ "$(id -u)" -eq 0 ]; then
        folder=/run/composelab
    else
        folder=${XDG_RUNTIME_DIR:-${XDG_STATE_HOME:-${HOME:?}/.local/state}}/composelab
    fi
    mkdir -p "$folder" && chmod 700 "$folder" || die "Cannot write to $folder, where the lock of this script is kept." "ls -ld $folder"
    printf '%s\n' "$folder"
}

# One at a time for this user: a second ./lab waits, and then finds nothing to do.
if command -v flock >/dev/null 2>&1; then
    lock_folder=$(private_folder)
    exec 8>"$lock_folder/base-images.lock"
    flock -w 600 8 || die "Another run has been building base images for ten minutes." "$0"
fi

names=
build=
set -f
while read -r variable stand_in builder; do
    name=$(chosen_name "$variable")
    if [ "$name" = "$(public_name "$variable")" ]; then
        ! public_is_had "$variable" "$name" || continue
        names="$names $variable=$stand_in"
    elif [ "$name" != "$stand_in" ]; then
        continue
    fi
    is_current "$stand_in" || build="$build $builder=$stand_in"
done <<EOT
$(images)
EOT

if [ -n "$build" ]; then
    can_build || die "No image registry answers, and stand-ins of the base images are built on Debian and Ubuntu only, as root." \
        "docker pull $(public_name POSTGRES_IMAGE)"
    say "no image registry answers: building stand-ins of the base images, which takes about a minute ..."
    for part in $build; do
        "$here/${part%%=*}" "${part#*=}" composelab/sdk:10.0 8>&-
    done
fi
if [ -n "$names" ]; then
    [ -f "$env_file" ] || die "Expected $env_file, to write the stand-ins' names into it, found none." "$(dirname "$compose")/lab up"
    for pair in $names; do
        set_name "${pair%%=*}" "${pair#*=}"
    done
    say "no image registry answers: stand-ins of the base images are used, compose/.env names them"
elif [ -n "$build" ]; then
    say "the stand-ins of the base images are there again"
fi
