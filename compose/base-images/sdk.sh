#!/bin/sh
# Builds the substitute of the .NET SDK image from this machine's own SDK.
# Usage: sdk.sh TAG (called by ensure.sh)
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=compose/base-images/recipe.sh
. "$here/recipe.sh"
tag=$1
begin

install_missing busybox-static ca-certificates libssl3 zlib1g
dotnet=${DOTNET_ROOT:+$DOTNET_ROOT/dotnet}
dotnet=$(readlink -f "${dotnet:-$(command -v dotnet || echo /usr/share/dotnet/dotnet)}")
[ -x "$dotnet" ] || die "The .NET SDK was not found on PATH or in DOTNET_ROOT." "export DOTNET_ROOT=/folder/of/dotnet"

root=$work/root
minimal_root "$root"
add_shell "$root"
copy_library "$root" libssl.so.3 libcrypto.so.3 libz.so.1
mkdir -p "$root/usr/share"
cp -a "${dotnet%/*}" "$root/usr/share/dotnet"
ln -s ../share/dotnet/dotnet "$root/usr/bin/dotnet"

# NuGet needs a revocation list that is not reachable behind a signing proxy; restore would fail for every package.
import_root "$root" "$tag" \
    'ENV PATH=/usr/bin APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080 DOTNET_RUNNING_IN_CONTAINER=true DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true' \
    'ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt LANG=C.UTF-8 HOME=/root' \
    'ENV DOTNET_ROOT=/usr/share/dotnet DOTNET_NOLOGO=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false' \
    'ENV DOTNET_USE_POLLING_FILE_WATCHER=true NUGET_XMLDOC_MODE=skip NUGET_CERT_REVOCATION_MODE=offline' \
    'CMD ["/bin/sh"]'
