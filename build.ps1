#!/usr/bin/env pwsh
#requires -Version 7.4

<#
.SYNOPSIS
    The tasks of ./lab for people who already have PowerShell.
.DESCRIPTION
    Builds and stages the module, starts and removes the lab, runs the tests, makes the package. Unlike ./lab it installs nothing: a Docker engine
    has to run already.
.PARAMETER Task
    What to do.
.PARAMETER Name
    With up: the lab profile (default: Dev). With test: run only the specs whose file name contains this word.
.PARAMETER Quick
    With test: run only the tests that need no engine.
.PARAMETER Long
    With test: run many more random files and killed starts.
.PARAMETER Accept
    With test: write the golden files (cases, plans, views, generated documents).
.EXAMPLE
    ./build.ps1 up Prod
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('build', 'up', 'down', 'test', 'package')]
    [string]$Task = 'build',

    [Parameter(Position = 1)]
    [string]$Name = '',

    [switch]$Quick,

    [switch]$Long,

    [switch]$Accept
)

$ErrorActionPreference = 'Stop'
$tools = Join-Path $PSScriptRoot 'tools/lab'

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE."
    }
}

function Publish-Module {
    $bin = Join-Path $PSScriptRoot 'module/bin'
    Invoke-Dotnet publish (Join-Path $PSScriptRoot 'src/ComposeLab.Cmdlets') -c Release -o (Join-Path $bin 'lib') --nologo -v quiet
    Invoke-Dotnet publish (Join-Path $PSScriptRoot 'src/ComposeLab.Loader') -c Release -o $bin --nologo -v quiet

    # The same with native code for this machine. Without the compiler package, the IL alone is used.
    $runtime = '{0}-{1}' -f $($IsWindows ? 'win' : $IsMacOS ? 'osx' : 'linux'), "$([Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture)".ToLowerInvariant()
    $precompiler = Join-Path $PSScriptRoot 'tools/Precompile'
    $native = Join-Path $bin $runtime
    Remove-Item (Join-Path $precompiler 'obj/Release') -Recurse -ErrorAction Ignore
    & dotnet publish $precompiler -r $runtime "-p:StagedFolder=$(Join-Path $bin 'lib')" -c Release -o $native --nologo -v quiet
    if ($LASTEXITCODE -ne 0) {
        Remove-Item $native -Recurse -ErrorAction Ignore
        Write-Warning "No compiler for ${runtime}: the module starts slower."
    }
}

# In a separate process, because a session cannot unload assemblies. A PowerShell installed as a .NET tool is
# a process of dotnet.
function Invoke-LabScript {
    $program = (Get-Process -Id $PID).Path
    $first = @(if ((Split-Path $program -LeafBase) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
    & $program @first -NoLogo -NoProfile -File @args
    if ($LASTEXITCODE -ne 0) {
        exit $LASTEXITCODE
    }
}

Publish-Module
switch ($Task) {
    'up' {
        Invoke-LabScript (Join-Path $tools 'run.ps1') (Join-Path $tools 'env.ps1')
        Invoke-LabScript (Join-Path $tools 'run.ps1') (Join-Path $tools 'up.ps1') $(if ($Name) { $Name } else { 'Dev' })
    }
    'down' {
        Invoke-LabScript (Join-Path $tools 'run.ps1') (Join-Path $tools 'down.ps1')
    }
    'package' {
        Invoke-LabScript (Join-Path $tools 'run.ps1') (Join-Path $tools 'package.ps1')
    }
    'test' {
        if (-not $Name -or $Quick -or $Accept) {
            Invoke-Dotnet build (Join-Path $PSScriptRoot 'ComposeLab.slnx') -c Release --nologo -v quiet
        }

        $choice = @(if ($Quick) { '-Quick' } elseif ($Long) { '-Long' } elseif ($Accept) { '-Accept' } elseif ($Name) { '-SpecsOnly', '-Name', $Name })
        Invoke-LabScript (Join-Path $tools 'test.ps1') -Dotnet dotnet @choice
    }
}
