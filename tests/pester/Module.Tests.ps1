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
}
