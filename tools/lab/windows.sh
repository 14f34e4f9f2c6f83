# shellcheck shell=sh disable=SC2154
# ./lab test --windows: runs checks with the Windows build of PowerShell under Wine. Everything is kept in a folder below artifacts; nothing is installed.
# Sourced by test.sh.

windows=$root/artifacts/windows

# Wine 10 and the libraries that it and the .NET runtime load.
windows_packages='wine64 libwine libz-mingw-w64 libc6 libgcc-s1 libunwind8 liblzma5 zlib1g'

fetch_wine() {
    [ ! -f "$windows/wine/usr/lib/wine/wine64" ] || return 0
    say "fetching Wine of Debian's 'trixie' ..."
    # shellcheck source=tools/peer/debian-suite.sh
    . "$root/tools/peer/debian-suite.sh"
    wine_next=$windows/wine.next
    rm -rf "$wine_next" "$windows/apt"
    suite_open trixie "$windows/apt" || die "The packages of Debian's 'trixie' cannot be reached; the tests for Windows need its wine64."
    # shellcheck disable=SC2086
    suite_unpack_alone "$wine_next" $windows_packages || die "The packages of wine64 of Debian's 'trixie' cannot be fetched."
    rm -rf "$windows/apt"
    for link in lib lib64 bin; do
        [ -e "$wine_next/$link" ] || [ ! -d "$wine_next/usr/$link" ] || ln -s "usr/$link" "$wine_next/$link"
    done
    mkdir -p "$wine_next/etc" "$wine_next/proc" "$wine_next/dev" "$wine_next/tmp" "$wine_next/run" "$wine_next/root"
    cp /etc/passwd /etc/group /etc/hosts /etc/nsswitch.conf "$wine_next/etc/"
    # The package marks the library as Wine's own when it is installed.
    zlib=$wine_next/usr/x86_64-w64-mingw32/lib/zlib1.dll
    {
        head -c 64 "$zlib"
        printf 'Wine builtin DLL'
        head -c 16 /dev/zero
        tail -c +97 "$zlib"
    } >"$wine_next/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/zlib1.dll"
    rm -rf "$windows/wine"
    mv "$wine_next" "$windows/wine"
}

fetch_windows_runtime() {
    say "fetching .NET and PowerShell for Windows ..."
    compile publish tools/WindowsCheck -o "$windows/check" || {
        tail -n 5 "$build_log" >&2
        end_compiler
        die "The packages of tools/WindowsCheck (the .NET runtime and PowerShell for Windows) could not be fetched or built." "$dotnet publish '$root/tools/WindowsCheck'"
    }
    (cd "$root" && "$dotnet" msbuild tools/WindowsCheck -t:Stage "-p:Folder=$windows" -nologo -v:quiet) >"$build_log" 2>&1 || {
        tail -n 5 "$build_log" >&2
        end_compiler
        die "The .NET runtime and PowerShell for Windows could not be copied." "$dotnet msbuild '$root/tools/WindowsCheck' -t:Stage '-p:Folder=$windows'"
    }
}

ensure_pester() {
    [ ! -d "$test_tools/modules/Pester" ] || return 0
    say "fetching Pester ..."
    (cd "$root" && "$dotnet" restore tools/TestPackages --nologo -v quiet && "$dotnet" msbuild tools/TestPackages -t:Stage "-p:Folder=$test_tools" -nologo -v:quiet) >&2 ||
        die "The packages of tools/TestPackages could not be fetched." "dotnet restore '$root/tools/TestPackages'"
}

end_windows() {
    [ -z "${windows_relay:-}" ] || kill "$windows_relay" 2>/dev/null || true
    # What an attempt that crashed left behind.
    windows_left=$(docker ps --all --quiet --filter "label=com.docker.compose.project=spec-windows-${windows_port:-}" 2>/dev/null || true)
    # shellcheck disable=SC2086
    [ -z "$windows_left" ] || docker rm --force $windows_left >/dev/null 2>&1 || true
    docker network rm "spec-windows-${windows_port:-}_default" >/dev/null 2>&1 || true
}

# Sets windows_port: the engine's socket for programs that cannot open it.
open_engine_port() {
    rm -f "$windows/port"
    windows_socket=${DOCKER_HOST:-unix:///var/run/docker.sock}
    "$dotnet" "$windows/check/WindowsCheck.dll" port "$windows/port" "${windows_socket#unix://}" &
    windows_relay=$!
    trap end_windows EXIT
    until [ -s "$windows/port" ]; do
        kill -0 "$windows_relay" 2>/dev/null || die "The engine's socket could not be relayed."
        sleep 0.1
    done
    windows_port=$(cat "$windows/port")
}

run_on_windows() {
    [ "$(uname -sm)" = 'Linux x86_64' ] && is_debian || die "./lab test --windows needs Debian or Ubuntu on x86-64, found $(uname -sm)."
    [ "$(id -u)" -eq 0 ] || die "./lab test --windows needs root for a file system of its own." "sudo ./lab test --windows"
    command -v script >/dev/null 2>&1 || die "./lab test --windows needs the program 'script' for a terminal." "apt-get install bsdutils"
    find_dotnet
    mkdir -p "$windows"
    fetch_wine
    fetch_windows_runtime
    say "building the tests ..."
    for windows_tests in ComposeLab.Compose.Tests ComposeLab.Engine.Tests; do
        compile build "tests/$windows_tests" -clp:ErrorsOnly -p:RunTestAnalyzers=false || build_failed "the tests"
    done
    stage
    end_compiler
    ensure_engine
    run_script "$lib/env.ps1"
    ensure_images tests
    ensure_pester
    open_engine_port
    "$lib/windows-run.sh" "$windows" "$windows_port"
}
