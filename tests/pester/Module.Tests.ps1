# Each import runs in a separate session, so that this one keeps its commands.
BeforeAll {
    $manifest = Convert-Path (Join-Path $PSScriptRoot '../..' 'ComposeLab.psd1')
    Import-Module $manifest
    $expected = @((Get-Module ComposeLab).ExportedCommands.Keys | Sort-Object)

    # Runs a script in a new runspace of this process.
    function Invoke-Session {
        param([string]$Script)

        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try {
            $shell.AddScript($Script).AddArgument($manifest).Invoke()
            if ($shell.Streams.Error.Count -gt 0) {
                throw $shell.Streams.Error[0].Exception
            }
        }
        finally {
            $shell.Dispose()
        }
    }

    # The module in a separate folder.
    function New-Copy {
        $from = Split-Path $manifest
        $to = Join-Path ([IO.Path]::GetTempPath()) "composelab-$([guid]::NewGuid().ToString('N'))" 'ComposeLab'
        $null = New-Item $to -ItemType Directory
        Copy-Item $manifest, (Join-Path $from 'module') $to -Recurse
        $to
    }

    function Get-ImportFault {
        param([string]$Folder)

        Invoke-Session "try { Import-Module '$Folder/ComposeLab.psd1' -ErrorAction Stop } catch { `$_ }"
    }
}

Describe 'The module' {
    It 'exports the commands in its manifest' {
        $named = (Test-ModuleManifest $manifest).ExportedCmdlets.Keys | Sort-Object

        $expected | Should -Be @($named)
        $expected | Should -Contain 'Start-LabStack'
    }

    It 'keeps every command when it is imported again: <name>' -ForEach @(
        @{ Name = 'with -Force'; Again = 'Import-Module $m -Force' }
        @{ Name = 'after a removal'; Again = 'Remove-Module ComposeLab; Import-Module $m' }
        @{ Name = 'twice with -Force'; Again = 'Import-Module $m -Force; Import-Module $m -Force' }
    ) {
        $found = Invoke-Session "param(`$m) Import-Module `$m; $again; (Get-Command -Module ComposeLab).Name"

        @($found | ForEach-Object { "$_" } | Sort-Object) | Should -Be $expected
    }

    It 'is found by name if its parent folder is on PSModulePath' {
        $folder = Join-Path ([IO.Path]::GetTempPath()) "composelab-$([guid]::NewGuid().ToString('N'))"
        $null = New-Item $folder -ItemType Directory -Force
        $null = New-Item (Join-Path $folder 'ComposeLab') -ItemType SymbolicLink -Target (Split-Path $manifest)
        $before = $env:PSModulePath
        $env:PSModulePath = $folder + [IO.Path]::PathSeparator + $before
        try {
            $found = Invoke-Session 'Import-Module ComposeLab; (Get-Command -Module ComposeLab).Name'
        }
        finally {
            $env:PSModulePath = $before
            Remove-Item (Join-Path $folder 'ComposeLab') -Force
            Remove-Item $folder -Force
        }

        @($found | ForEach-Object { "$_" } | Sort-Object) | Should -Be $expected
    }

    It 'shows how to build it if its binaries are missing' {
        $copy = New-Copy
        try {
            Remove-Item (Join-Path $copy 'module' 'bin') -Recurse -Force

            $fault = Get-ImportFault $copy
            $fault.FullyQualifiedErrorId | Should -BeLike 'ModuleNotBuilt*'
            $fault.ErrorDetails.RecommendedAction | Should -BeLike '*lab build*'
        }
        finally {
            Remove-Item (Split-Path $copy) -Recurse -Force
        }
    }

    It 'shows how to build it if its binaries are outdated' {
        $copy = New-Copy
        try {
            # An assembly without the command simulates an older loader.
            $bin = Join-Path $copy 'module' 'bin'
            Copy-Item (Join-Path $bin 'lib' 'YamlDotNet.dll') (Join-Path $bin 'ComposeLab.Loader.dll') -Force

            $fault = Get-ImportFault $copy
            $fault.FullyQualifiedErrorId | Should -BeLike 'ModuleOutOfDate*'
            $fault.ErrorDetails.RecommendedAction | Should -BeLike '*lab build*'
        }
        finally {
            Remove-Item (Split-Path $copy) -Recurse -Force
        }
    }

    It 'recommends a new session if another build of it is loaded' {
        $copy = New-Copy
        try {
            # Another build is an assembly of the same name with another identity.
            $loader = Join-Path $copy 'module' 'bin' 'ComposeLab.Loader.dll'
            $loaded = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'ComposeLab.Loader' }
            $bytes = [IO.File]::ReadAllBytes($loader)
            $text = [Text.Encoding]::Latin1
            $at = $text.GetString($bytes).IndexOf($text.GetString(@($loaded)[0].ManifestModule.ModuleVersionId.ToByteArray()), [StringComparison]::Ordinal)
            $at | Should -BeGreaterThan 0
            $bytes[$at] = $bytes[$at] -bxor 1
            [IO.File]::WriteAllBytes($loader, $bytes)

            $fault = Get-ImportFault $copy
            $fault.FullyQualifiedErrorId | Should -BeLike 'ModuleOfOtherBuildLoaded*'
            $fault.ErrorDetails.RecommendedAction | Should -BeLike '*new PowerShell*'
        }
        finally {
            Remove-Item (Split-Path $copy) -Recurse -Force
        }
    }
}
