# shellcheck shell=sh disable=SC2154
# Finds the .NET SDK, builds and stages the module. Sourced by ./lab.

# Build servers that keep running would keep a CI job's output open.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

find_dotnet() {
    [ -z "${dotnet:-}" ] || return 0
    for candidate in "$(command -v dotnet || true)" "${DOTNET_ROOT:-}/dotnet" "${HOME:-}/.dotnet/dotnet" \
        /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /usr/local/share/dotnet/dotnet /opt/dotnet/dotnet; do
        [ -x "$candidate" ] || continue
        if (cd "$root" && "$candidate" --list-sdks 2>/dev/null) | grep -q '^10\.'; then
            dotnet=$candidate
            return 0
        fi
    done
    die "The .NET 10 SDK was not found on PATH, in DOTNET_ROOT or in the usual folders." \
        "curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
}

# A hash of the input of a build: file times are useless after a checkout, and removed files count too.
fingerprint() {
    (cd "$root" && find "$@" Directory.Build.props Directory.Build.targets Directory.Packages.props global.json -type f \
        ! -path '*/bin/*' ! -path '*/obj/*' -exec cksum {} + | LC_ALL=C sort | cksum)
}

# stage_part NAME FOLDER PROGRAM BUILD_FUNCTION INPUT...: builds a part if its inputs changed or its program is missing.
stage_part() {
    part_name=$1
    part_stamp=$2/.inputs
    part_program=$2/$3
    part_build=$4
    shift 4
    part_now=$(fingerprint "$@")
    if [ -f "$part_program" ] && [ -f "$part_stamp" ] && [ "$(cat "$part_stamp")" = "$part_now" ]; then
        return 0
    fi
    say "building $part_name ..."
    find_dotnet
    "$part_build"
    [ -f "$part_program" ] || build_failed "$part_name"
    printf '%s\n' "$part_now" >"$part_stamp"
}

# compile COMMAND ARGS: runs a dotnet command that compiles; what it prints is in build.log. The projects share one compiler process of this
# ./lab, because a new one is slow until its own code is compiled; end_compiler stops it. Profiling that code costs more than it gains.
compile() {
    build_log=$root/artifacts/build.log
    mkdir -p "$root/artifacts"
    compiler=composelab-$$
    (cd "$root" && DOTNET_TieredPGO=0 UseSharedCompilation=true SharedCompilationId=$compiler \
        "$dotnet" "$@" -p:RestoreLockedMode=true -c Release --nologo -v quiet -nodeReuse:false) >"$build_log" 2>&1
}

end_compiler() {
    [ -n "${compiler:-}" ] || return 0
    sdk=$(cd "$root" && "$dotnet" --version)
    sdk=$("$dotnet" --list-sdks | sed -n "s/^$sdk \[\(.*\)\]$/\1\/$sdk/p")
    "$dotnet" exec "$sdk/Roslyn/bincore/VBCSCompiler.dll" "-pipename:$compiler" -shutdown >/dev/null 2>&1 || true
    compiler=
}

publish() {
    compile publish "$@"
}

build_failed() {
    end_compiler
    cat "$root/artifacts/build.log" >&2
    die "The build of $1 failed." "cd '$root' && $dotnet build ComposeLab.slnx"
}

# Built in another folder and then moved, so that a session that has loaded the old files keeps them.
swap() {
    mkdir -p "${2%/*}"
    rm -rf "$2.old"
    [ ! -e "$2" ] || mv "$2" "$2.old"
    mv "$1" "$2"
    rm -rf "$2.old"
}

# precompile FOLDER MACHINE: adds the assemblies with native code for a kind of machine, which halves the time of the first command. Other machines, and this one
# without the compiler package, use the IL.
precompile() {
    # Previous output can be newer than the files of a replaced package, which have the date of its release.
    rm -rf "$root/tools/Precompile/obj/Release"
    publish tools/Precompile -r "$2" -p:StagedFolder="$1/lib" -o "$1/$2" || {
        rm -rf "${1:?}/$2"
        say "no compiler for $2: the module starts slower"
    }
}

# precompile_pwsh: a copy of the tool's PowerShell with native code starts in less than half of the time. The package contains IL only.
precompile_pwsh() {
    find_pwsh
    case $pwsh_dll in '' | "$root"/*) return 0 ;; esac
    say "precompiling PowerShell ..."
    next=$root/artifacts/powershell-next
    rm -rf "$next"
    cp -R "${pwsh_dll%/*}" "$next"
    rm -rf "$root/tools/Precompile/obj/Release"
    if publish tools/Precompile -r "$(runtime_id)" -p:StagedFolder="${pwsh_dll%/*}" -o "$next"; then
        swap "$next" "$root/artifacts/powershell/$tool_version"
        tool_pwsh
    else
        say "no compiler for $(runtime_id): PowerShell starts slower"
    fi
}

build_module() {
    next=$root/artifacts/module-next
    rm -rf "$next"
    publish src/ComposeLab.Cmdlets -o "$next/lib" || build_failed "the module"
    publish src/ComposeLab.Loader -o "$next" || build_failed "the module"
    # With a copy of PowerShell's own engine here, the import would silently export nothing.
    rm -f "$next/lib/System.Management.Automation.dll"
    precompile "$next" "$(runtime_id)"
    swap "$next" "$root/module/bin"
}

runtime_id() {
    case $(uname -s) in Darwin) os=osx ;; *) os=linux ;; esac
    case $(uname -m) in aarch64 | arm64) arch=arm64 ;; *) arch=x64 ;; esac
    echo "$os-$arch"
}

module_inputs='src/ComposeLab.Compose src/ComposeLab.Engine src/ComposeLab.Cmdlets src/ComposeLab.Feedback src/ComposeLab.Loader tools/Precompile'

stage_module() {
    # shellcheck disable=SC2086
    stage_part "the module" "$root/module/bin" lib/ComposeLab.Cmdlets.dll build_module $module_inputs
}

build_help_builder() {
    next=$root/artifacts/help-builder-next
    rm -rf "$next"
    publish tools/HelpBuilder -o "$next" || build_failed "the help builder"
    swap "$next" "$root/artifacts/help-builder"
}

# The staged cmdlets are read, so changing their texts needs no second build.
write_help() {
    stage_part "the help builder" "$root/artifacts/help-builder" HelpBuilder.dll build_help_builder tools/HelpBuilder
    find_dotnet
    "$dotnet" "$root/artifacts/help-builder/HelpBuilder.dll" "$root" "$root/module/bin/lib/ComposeLab.Cmdlets.dll"
}

# module_is_current: whether the module was built from the files that are here.
module_is_current() {
    [ -f "$root/module/bin/lib/ComposeLab.Cmdlets.dll" ] && [ -f "$root/module/bin/.inputs" ] || return 1
    # shellcheck disable=SC2086
    [ "$(cat "$root/module/bin/.inputs")" = "$(fingerprint $module_inputs)" ]
}

# One build at a time; a second ./lab waits for the first and then has nothing to do. Nothing is written if the module is built: the checkout may be read-only, or
# belong to another user.
stage() {
    ! module_is_current || return 0
    for place in "$root" "$root/module"; do
        [ -w "$place" ] || die "The module must be built, but '$place' cannot be written to: the checkout is read-only or belongs to another user." \
            "cp -R '$root' ~/composelab && ~/composelab/lab build"
    done
    if command -v flock >/dev/null 2>&1; then
        mkdir -p "$root/artifacts"
        exec 9>"$root/artifacts/.lock"
        flock -w 600 9 || die "Another ./lab has been building for ten minutes." "./lab build"
    fi
    stage_module
    end_compiler
    exec 9>&-
}

run_benchmarks() {
    found=
    for project in "$root"/bench/*/*.csproj; do
        [ -f "$project" ] || continue
        found=1
        find_dotnet
        # Built first: a running build would share the cores with the measured process.
        "$dotnet" build "$project" -c Release --nologo -v quiet -nodeReuse:false || die "The build of the benchmarks failed." "$dotnet build '$project'"
        find_pwsh
        COMPOSELAB_BENCH_PWSH=$pwsh_program COMPOSELAB_BENCH_PWSH_DLL=$pwsh_dll "$dotnet" run --no-build -c Release --project "$project" -- "$@"
    done
    [ -n "$found" ] || die "No benchmarks found in bench/." "./lab help"
}
