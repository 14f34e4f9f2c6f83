# Each import happens in a session of its own, so that this one keeps its commands.
BeforeAll {
    $manifest = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'ComposeLab.psd1'))
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

    # The module in a folder of its own.
    function New-Copy {
        $from = [IO.Path]::GetDirectoryName($manifest)
        $to = [IO.Path]::Combine([IO.Path]::GetTempPath(), "composelab-$([guid]::NewGuid().ToString('N'))", 'ComposeLab')
        foreach ($file in @($manifest) + [IO.Directory]::GetFiles([IO.Path]::Combine($from, 'module'), '*', 'AllDirectories')) {
            $target = [IO.Path]::Combine($to, [IO.Path]::GetRelativePath($from, $file))
            [void][IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($target))
            [IO.File]::Copy($file, $target)
        }
        $to
    }

    function Get-ImportFault {
        param([string]$Folder)

        Invoke-Session "try { Import-Module '$Folder/ComposeLab.psd1' -ErrorAction Stop } catch { `$_ }"
    }
}

Describe 'The module' {
    It 'exports what its manifest names' {
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

    It 'is found by name when the folder above it is on PSModulePath' {
        $folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), "composelab-$([guid]::NewGuid().ToString('N'))")
        [void][IO.Directory]::CreateDirectory($folder)
        [void][IO.Directory]::CreateSymbolicLink([IO.Path]::Combine($folder, 'ComposeLab'), [IO.Path]::GetDirectoryName($manifest))
        $before = $env:PSModulePath
        $env:PSModulePath = $folder + [IO.Path]::PathSeparator + $before
        try {
            $found = Invoke-Session 'Import-Module ComposeLab; (Get-Command -Module ComposeLab).Name'
        }
        finally {
            $env:PSModulePath = $before
            [IO.Directory]::Delete([IO.Path]::Combine($folder, 'ComposeLab'))
            [IO.Directory]::Delete($folder)
        }

        @($found | ForEach-Object { "$_" } | Sort-Object) | Should -Be $expected
    }

    It 'says how to build it where its binaries are missing' {
        $copy = New-Copy
        try {
            [IO.Directory]::Delete([IO.Path]::Combine($copy, 'module', 'bin'), $true)

            $fault = Get-ImportFault $copy
            $fault.FullyQualifiedErrorId | Should -BeLike 'ModuleNotBuilt*'
            $fault.ErrorDetails.RecommendedAction | Should -BeLike '*lab build*'
        }
        finally {
            [IO.Directory]::Delete([IO.Path]::GetDirectoryName($copy), $true)
        }
    }

    It 'says how to build it where its binaries are those of an earlier state' {
        $copy = New-Copy
        try {
            # An assembly without the command stands for a loader that did not have it yet.
            $bin = [IO.Path]::Combine($copy, 'module', 'bin')
            [IO.File]::Copy([IO.Path]::Combine($bin, 'lib', 'Npgsql.dll'), [IO.Path]::Combine($bin, 'ComposeLab.Loader.dll'), $true)

            $fault = Get-ImportFault $copy
            $fault.FullyQualifiedErrorId | Should -BeLike 'ModuleOutOfDate*'
            $fault.ErrorDetails.RecommendedAction | Should -BeLike '*lab build*'
        }
        finally {
            [IO.Directory]::Delete([IO.Path]::GetDirectoryName($copy), $true)
        }
    }

    It 'says to start a new session where another build of it is loaded' {
        $copy = New-Copy
        try {
            # Another build is an assembly of the same name with another identity.
            $loader = [IO.Path]::Combine($copy, 'module', 'bin', 'ComposeLab.Loader.dll')
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
            [IO.Directory]::Delete([IO.Path]::GetDirectoryName($copy), $true)
        }
    }
}
