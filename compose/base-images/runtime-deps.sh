#!/bin/sh
# Builds the substitute of .NET's chiseled runtime-deps: the libraries that a native .NET program loads; no shell, as there.
# Usage: runtime-deps.sh TAG (called by ensure.sh)
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=compose/base-images/recipe.sh
. "$here/recipe.sh"
tag=$1
begin

install_missing ca-certificates libssl3 zlib1g

root=$work/root
minimal_root "$root"
copy_library "$root" libssl.so.3 libcrypto.so.3 libz.so.1

import_root "$root" "$tag" \
    'ENV PATH=/usr/bin APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080 DOTNET_RUNNING_IN_CONTAINER=true DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true' \
    'ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt LANG=C.UTF-8' \
    'USER 1654'
