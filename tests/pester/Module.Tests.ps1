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

    It 'registers its feedback provider and its predictor once, and removes them with the module' {
        # Sessions without a prompt have none.
        function Measure-Registered {
            @(Get-PSSubsystem | ForEach-Object Implementations | Where-Object Name -EQ 'ComposeLab').Count
        }

        $both = if ($PSVersionTable.PSVersion -ge [version]'7.6') { 2 } else { 0 }
        try {
            Measure-Registered | Should -Be $both
            Import-Module $manifest -Force
            Import-Module $manifest -Force
            Measure-Registered | Should -Be $both
            Remove-Module ComposeLab
            Measure-Registered | Should -Be 0
            Invoke-Session 'param($m) Import-Module $m'
            Measure-Registered | Should -Be 0
        }
        finally {
            Import-Module $manifest
        }
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

Describe 'The module in a thread job' {
    BeforeAll {
        $folder = Join-Path ([IO.Path]::GetTempPath()) "composelab-$([guid]::NewGuid().ToString('N'))"
        $null = New-Item $folder -ItemType Directory
        Set-Content (Join-Path $folder '.env.example') 'A=1'
        $address = Join-Path $folder 's'
        $silent = [Net.Sockets.Socket]::new('Unix', 'Stream', 'Unspecified')
        $silent.Bind([Net.Sockets.UnixDomainSocketEndPoint]::new($address))
        $silent.Listen()
    }

    AfterAll {
        $silent.Dispose()
        Remove-Item $folder -Recurse -Force
    }

    It 'returns objects, and errors with their ids, also where it cannot prompt' {
        $job = Start-ThreadJob {
            Import-Module $using:manifest
            (Get-LabConfigRule VersionKey).Rule
            Get-LabConfigRule NoSuchRule
            New-LabEnvFile -Path $using:folder -Confirm
        }
        $rule = Receive-Job $job -Wait -AutoRemoveJob -ErrorVariable faults -ErrorAction SilentlyContinue

        $rule | Should -Be 'VersionKey'
        $faults.FullyQualifiedErrorId | ForEach-Object { "$_".Split(',')[0] } | Should -Be 'RuleNotFound', 'ConfirmationRequired'
        Join-Path $folder '.env' | Should -Not -Exist
    }

    It 'ends with Stop-Job while an engine does not answer' {
        $job = Start-ThreadJob {
            Import-Module $using:manifest
            Get-LabService -ProjectName shop -Context "unix://$using:address"
        }
        $silent.Poll([timespan]::FromSeconds(20), 'SelectRead') | Should -BeTrue
        Stop-Job $job

        $job.State | Should -Be 'Stopped'
        Remove-Job $job
    }
}
