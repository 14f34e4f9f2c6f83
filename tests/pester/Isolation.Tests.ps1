# The module together with other versions of its dependencies, which the session loaded first.
BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"

    # Runs a script in a new PowerShell process; its lines.
    function Invoke-Process {
        param([string]$Script)

        $file = Join-Path $project.Path 'script.ps1'
        Set-Content $file $Script
        $assembly = @(if ((Split-Path ([Environment]::ProcessPath) -LeafBase) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
        & ([Environment]::ProcessPath) @assembly -NoLogo -NoProfile -File $file
    }
}

Describe 'The module in a session with other versions of YamlDotNet and Npgsql' -Tag Engine {
    BeforeAll {
        $others = Convert-Path "$PSScriptRoot/../../artifacts/test-tools/other-versions"
        $project = New-DatabaseProject
        $null = Start-LabStack -Path $project.Path
        $lines = Invoke-Process @"
`$ErrorActionPreference = 'Stop'
Add-Type -Path '$others/YamlDotNet.dll', '$others/Npgsql.dll'
"yaml before: `$([YamlDotNet.Serialization.SerializerBuilder]::new().Build().Serialize('x').Trim())"
"host before: `$([Npgsql.NpgsqlConnectionStringBuilder]::new('Host=first').Host)"
Import-Module '$PSScriptRoot/../../ComposeLab.psd1'
"service: `$((Show-MergedConfig -Path '$($project.Path)' -AsObject).services.db.environment.POSTGRES_USER)"
"user: `$((Invoke-LabQuery 'SELECT current_user AS who' -Path '$($project.Path)').who)"
foreach (`$assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
    if (`$assembly.GetName().Name -in 'YamlDotNet', 'Npgsql') {
        "`$(`$assembly.GetName().Name) in `$([Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$assembly).Name): `$(`$assembly.GetName().Version)"
    }
}
"host after: `$([Npgsql.NpgsqlConnectionStringBuilder]::new('Host=second').Host)"
"@
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'reads files and queries a database with its own versions' {
        $lines | Should -Contain 'service: shop'
        $lines | Should -Contain 'user: shop'
    }

    It 'loads its own versions in addition to those of the session' {
        foreach ($name in 'YamlDotNet', 'Npgsql') {
            $default = @($lines -match "^$name in Default: ")
            $own = @($lines -match "^$name in ComposeLab: ")
            $default.Count, $own.Count | Should -Be @(1, 1)
            $own[0].Split(': ')[1] | Should -Not -Be $default[0].Split(': ')[1]
        }
    }

    It 'leaves the versions of the session usable' {
        $lines | Should -Contain 'yaml before: x'
        $lines | Should -Contain 'host before: first'
        $lines | Should -Contain 'host after: second'
    }
}
