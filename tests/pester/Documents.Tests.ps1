# The commands of README.md, and the examples of the help that are marked as runnable, typed against one copy of the lab.
BeforeDiscovery {
    $root = Convert-Path "$PSScriptRoot/../.."
    $readme = Get-Content (Join-Path $root 'README.md') -Raw

    # A terminal wants a person, and the gallery's own commands are not ours. Some lines are for services, volumes, backups or a registry that the lab does not have,
    # change images that other tests use, need a swarm, end the API, or wait for an end that does not come. They have specs of their own.
    $elsewhere = '^Enter-LabService|^New-LabImage|-ExitCodeFrom|-Signal|-For Exit|\./migrate|^(Receive|Send|Remove)-LabImage|^Watch-|^Clear-LabEngine$|^(Deploy|Undo)-|Lab(Task|Node|Swarm)$|^Publish-|^Backup-LabDb|-Lock$|LabVolume .*tar|shop\.dump|^Update-LabDb'
    $typed = [regex]::Matches($readme, '`([A-Z][a-z]+-(?:Lab\w+|MergedConfig|Help)\b[^`]*)`').ForEach({ $_.Groups[1].Value })
    # What removes the stack comes last, so that it is started once.
    $removals, $commands = ($typed | Select-Object -Unique | Where-Object { $_ -notmatch $elsewhere } | ForEach-Object { @{ Code = $_ } }).Where({ $_.Code -match '^Remove-' }, 'Split')

    $sources = Get-ChildItem "$root/src/ComposeLab.Cmdlets/Commands" -Filter *.cs | Sort-Object Name
    $examples = @(foreach ($source in $sources) {
        foreach ($match in [regex]::Matches((Get-Content $source -Raw), '(?s)<code run="true">(.*?)</code>')) {
            @{ Code = [Net.WebUtility]::HtmlDecode($match.Groups[1].Value) }
        }
    })
}

Describe 'Documented commands' -Tag Engine {
    BeforeAll {
        Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
        . "$PSScriptRoot/support/LabCopy.ps1"
        $root = Convert-Path "$PSScriptRoot/../.."
        $copy = New-LabCopy
        $small = New-SpecProject "services: { web: { build: . } }"
        Set-Content "$($small.Path)/Dockerfile" "FROM $(Get-SpecImage)`nCOPY package.json /`nRUN true`nCOPY app.js /`n" -NoNewline
        Set-Content "$($small.Path)/package.json" '{}' -NoNewline
        Set-Content "$($small.Path)/app.js" '' -NoNewline

        # Commands without a path select the bundled lab. Here they select the copy, so that the user's own lab is not used.
        $defaults = $global:PSDefaultParameterValues
        $typed = @{
            'Measure-LabBuildCache:Path'   = $small.Path
            'New-LabEnvFile:Destination'   = (Join-Path $copy.Folder 'made.env')
            'Remove-LabStack:Force'        = $true
        }
        foreach ($cmdlet in Get-Command -Module ComposeLab -CommandType Cmdlet) {
            if ($cmdlet.Parameters.ContainsKey('Path') -and $cmdlet.Name -ne 'Measure-LabBuildCache') {
                $typed["$($cmdlet.Name):Path"] = $copy.Path
            }
            if ($cmdlet.Parameters.ContainsKey('ProjectName') -and $cmdlet.Name -ne 'Measure-LabBuildCache') {
                $typed["$($cmdlet.Name):ProjectName"] = $copy.Name
            }
        }
        $global:PSDefaultParameterValues = $typed
        # Restarts of Prod are fast; the README changes to Dev.
        $null = Start-LabStack -Profile Prod

        function Invoke-Typed {
            param([string]$Code, [string]$Folder)

            Push-Location $Folder
            try {
                $ErrorActionPreference = 'Stop'
                & ([scriptblock]::Create($Code))
            }
            finally {
                Pop-Location
            }
        }
    }

    AfterAll {
        $global:PSDefaultParameterValues = $defaults
        Remove-SpecProject $small
        Remove-LabCopy $copy
    }

    It 'runs in the help: <Code>' -ForEach $examples {
        { Invoke-Typed $Code $copy.Folder } | Should -Not -Throw
    }

    It 'runs in the README: <Code>' -ForEach $commands {
        $ended = if ($Code -match '-Follow') { "$Code | Select-Object -First 1" } else { $Code }

        { Invoke-Typed $ended $copy.Folder } | Should -Not -Throw
    }

    It 'runs in the README from the first line to the last' {
        $block = [regex]::Match((Get-Content "$root/README.md" -Raw), '(?s)```powershell\n(Import-Module.*?)```').Groups[1].Value

        { Invoke-Typed $block $root } | Should -Not -Throw
        @(Get-LabService -ProjectName $copy.Name -ErrorAction Ignore).Count | Should -Be 0
    }

    It 'runs in the README at the end: <Code>' -ForEach $removals {
        $ended = if ($Code -match '-Follow') { "$Code | Select-Object -First 1" } else { $Code }

        { Invoke-Typed $ended $copy.Folder } | Should -Not -Throw
    }
}
