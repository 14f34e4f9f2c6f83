BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
    . "$PSScriptRoot/support/Waiting.ps1"

    function Get-Completion {
        param([string]$Line)

        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
    }
}

Describe 'Completion' {
    BeforeAll {
        $engine = $env:DOCKER_HOST
        $project = New-SpecProject @'
services:
  web: { image: IMAGE, network_mode: host, SLEEP }
  worker: { image: IMAGE, network_mode: host, SLEEP, profiles: [ jobs ] }
  trace: { image: IMAGE, network_mode: host, SLEEP, profiles: [ debug, "two words" ] }
'@
        foreach ($overlay in 'dev', 'prod', 'my stage', "o'brien") {
            Set-Content (Join-Path $project.Path "compose.$overlay.yaml") 'services: {}' -NoNewline
        }
        Set-Content (Join-Path $project.Path 'broken.yaml') 'services: [' -NoNewline
    }

    AfterEach {
        $env:DOCKER_HOST = $engine
    }

    AfterAll {
        Remove-Item $project.Path -Recurse -Force
    }

    It 'completes at the first Tab of a session, before the module was used' {
        $first = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try {
            $line = "Start-LabStack -Path '$($project.Path)' -Service w"
            $null = $first.AddScript("Import-Module '$PSScriptRoot/../../ComposeLab.psd1'; (TabExpansion2 -inputScript @'`n$line`n'@ -cursorColumn $($line.Length)).CompletionMatches.CompletionText")

            $first.Invoke() | Should -Be @('web', 'worker')
        }
        finally {
            $first.Dispose()
        }
    }

    It 'offers the lab profiles of the bundled lab' {
        Get-Completion 'Start-LabStack -Profile ' | Should -Be @('Dev', 'Prod', 'Swarm')
    }

    It 'offers the overlays of another project, quoted if necessary' {
        Get-Completion "Start-LabStack -Path '$($project.Path)' -Profile " | Should -Be @('Dev', "'My stage'", "'O''brien'", 'Prod')
    }

    It 'completes typed text, in any case and with an opening quote' {
        Get-Completion "Start-LabStack -Path '$($project.Path)' -Profile pr" | Should -Be 'Prod'
        Get-Completion "Start-LabStack -Path '$($project.Path)' -Profile 'my" | Should -Be "'My stage'"
    }

    It 'offers services, including those of Compose profiles' {
        Get-Completion "Start-LabStack -Path '$($project.Path)' -Service w" | Should -Be @('web', 'worker')
        Get-Completion "Start-LabStack -File '$($project.File)' -Service t" | Should -Be 'trace'
    }

    It 'offers the Compose profiles of the services' {
        Get-Completion "Start-LabStack -Path '$($project.Path)' -ComposeProfile " | Should -Be @('debug', 'jobs', "'two words'")
    }

    It 'completes the databases in the files' {
        $lines = "services:`n  db: { image: postgres, environment: { POSTGRES_USER: shop, POSTGRES_DB: goods } }`n  web: { image: web, environment: { DATABASE_URL: 'postgresql://shop@db/reports' } }`n"
        Set-Content (Join-Path $project.Path 'databases.yaml') $lines -NoNewline

        Get-Completion "Invoke-LabQuery 'SELECT 1' -File '$($project.Path)/databases.yaml' -Database " | Should -Be @('goods', 'reports', 'postgres')
    }

    It 'offers the names of rules' {
        Get-Completion 'Test-LabConfig -Rule image' | Should -Not -BeNullOrEmpty
    }

    It 'offers nothing, without an error, if the files are invalid or missing' {
        $Error.Clear()

        Get-Completion "Start-LabStack -File '$($project.Path)/broken.yaml' -ComposeProfile x" | Should -BeNullOrEmpty
        Get-Completion "Start-LabStack -Path /no/such/folder -Profile x" | Should -BeNullOrEmpty
        $Error.Count | Should -Be 0
    }

    It 'offers the project name in the files if the engine never answers' {
        $silent = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $silent.Start()
        try {
            $env:DOCKER_HOST = "tcp://127.0.0.1:$($silent.LocalEndpoint.Port)"
            Get-Completion "Get-LabService -Path '$($project.Path)' -ProjectName " | Should -Be $project.Name
        }
        finally {
            $silent.Stop()
        }
    }
}

Describe 'Completion of running stacks' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject "services:`n  web: { image: IMAGE, SLEEP }`n"
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'offers the project name in the files, and the stacks of the engine' {
        $null = Start-LabStack web -Path $project.Path

        Wait-Until { (Get-Completion "Get-LabService -ProjectName $($project.Name)") -eq $project.Name }
        Get-Completion "Get-LabService -Path '$($project.Path)' -ProjectName $($project.Name.Substring(0, 8))" | Should -Contain $project.Name
        Get-Completion "Get-LabService -ProjectName $($project.Name)" | Should -Be $project.Name
        Get-Completion "Get-LabService -ProjectName $($project.Name) -Service " | Should -Be 'web'
        Get-Completion "Get-LabLog -ProjectName $($project.Name) -Container " | Should -Be "$($project.Name)-web-1"
        Get-Completion "Get-LabLog w* -ProjectName $($project.Name) -Container " | Should -Be "$($project.Name)-web-1"
        Get-Completion "Get-LabLog other -ProjectName $($project.Name) -Container " | Should -BeNullOrEmpty
    }
}
