#!/bin/sh
# Ensures that the lab's base images are available. If an image registry answers, the public ones are used; otherwise, substitutes
# with our own tags are built from this machine's files and written to compose/.env. A second run has nothing to do.
# Usage: ensure.sh [tests]; with tests, also the image that only the tests of backups and updates use.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
compose=$(dirname -- "$here")
env_file=$compose/.env
newer_postgres=composelab/postgres:17
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

# The defaults in the lab's own files, a line "NAME IMAGE" each; they are read once, because processes start slowly on some machines.
defaults=$(sed -n 's/.*\${\([A-Z_]*_IMAGE\):-\([^}]*\)}.*/\1 \2/p; s/^ARG \([A-Z_]*_IMAGE\)=/\1 /p' "$compose/compose.yaml" "$compose/../Dockerfile")

# public_name VARIABLE: sets public to the default.
public_name() {
    public=
    while read -r default image; do
        if [ "$default" = "$1" ]; then
            public=$image
            return
        fi
    done <<EOT
$defaults
EOT
}

# chosen_name VARIABLE: sets chosen to the image that Compose uses: from the environment, from .env, or the public one, which public is set to.
chosen_name() {
    public_name "$1"
    eval "chosen=\${$1:-}"
    if [ -z "$chosen" ] && [ -f "$env_file" ]; then
        # The last line counts.
        chosen=$(sed -n "/^[[:space:]]*$1=/{s///; s/[[:space:]]*#.*//; s/^[\"']//; s/[\"']\$//; h;}; \${x; p;}" "$env_file")
    fi
    chosen=${chosen:-$public}
}

exists() {
    docker image inspect "$1" >/dev/null 2>&1
}

# True if the image was built by this recipe or a later one.
is_current() {
    made=$(docker image inspect --format "{{index .Config.Labels \"$recipe_label\"}}" "$1" 2>/dev/null) || return 1
    [ "${made:-0}" -ge "$(recipe_of "$1")" ]
}

# registry_has IMAGE: starts to pull it; only the answer of the registry counts. Queried once for each image.
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

# Only the small images are queried: BuildKit pulls the SDKs from the same registry when needed, without creating a tag.
public_is_had() {
    probe=$2
    case $1 in
    DOTNET_*)
        public_name DOTNET_RUNTIME_DEPS_IMAGE
        probe=$public
        ;;
    esac
    exists "$2" || { [ "$probe" != "$2" ] && exists "$probe"; } || registry_has "$probe"
}

# set_name VARIABLE NAME: writes the name to .env if the user has not chosen one, at the line that is commented out in .env.example.
set_name() {
    # The file contains passwords: its copy must never be readable by others.
    umask 077
    if grep -q "^#$1=" "$env_file"; then
        sed "s,^#$1=.*,$1=$2," "$env_file" >"$env_file.new"
    else
        { cat "$env_file" && printf '%s=%s\n' "$1" "$2"; } >"$env_file.new"
    fi
    # Written in place, so that owner and mode are kept.
    cat "$env_file.new" >"$env_file"
    rm -f "$env_file.new"
}

can_build() {
    [ "$(uname -s)" = Linux ] && [ -r /etc/debian_version ] && [ "$(id -u)" -eq 0 ]
}

if ! command -v docker >/dev/null 2>&1; then
    say "the docker program is not installed, so the base images were not checked; the public ones are used"
    exit 0
fi
docker version >/dev/null 2>&1 || die "The Docker engine does not answer." "docker version"

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

# One at a time for this user: a second ./lab waits, and then has nothing to do.
if command -v flock >/dev/null 2>&1; then
    lock_folder=$(private_folder)
    exec 8>"$lock_folder/base-images.lock"
    flock -w 600 8 || die "Another run has been building base images for ten minutes." "$0"
fi

names=
build=
set -f
while read -r variable stand_in builder; do
    chosen_name "$variable"
    name=$chosen
    if [ "$name" = "$public" ]; then
        ! public_is_had "$variable" "$name" || continue
        names="$names $variable=$stand_in"
    elif [ "$name" != "$stand_in" ]; then
        continue
    fi
    is_current "$stand_in" || build="$build $builder=$stand_in"
done <<EOT
$(images)
EOT

if [ "${1:-}" = tests ]; then
    chosen_name POSTGRES_IMAGE
    case "$names $chosen" in
    *composelab/postgres:*) is_current "$newer_postgres" || build="$build postgres.sh=$newer_postgres" ;;
    esac
fi

if [ -n "$build" ]; then
    public_name POSTGRES_IMAGE
    can_build || die "No image registry answers, and substitutes of the base images can be built only on Debian and Ubuntu, as root." "docker pull $public"
    say "no image registry answers: building substitutes of the base images, which takes about a minute ..."
    for part in $build; do
        "$here/${part%%=*}" "${part#*=}" composelab/sdk:10.0 8>&-
    done
fi
if [ -n "$names" ]; then
    [ -f "$env_file" ] || die "$env_file does not exist, so the names of the substitutes cannot be written to it." "$(dirname "$compose")/lab up"
    for pair in $names; do
        set_name "${pair%%=*}" "${pair#*=}"
    done
    say "no image registry answers: substitutes of the base images are used, with their names in compose/.env"
elif [ -n "$build" ]; then
    say "the substitutes of the base images were rebuilt"
fi
