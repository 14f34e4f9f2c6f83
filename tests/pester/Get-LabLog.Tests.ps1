BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
    . "$PSScriptRoot/support/Waiting.ps1"
}

Describe 'Get-LabLog' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject @'
services:
  one:
    image: IMAGE
    network_mode: host
    entrypoint: ["sh", "-c", "trap 'exit 0' TERM; echo begin; echo wrong >&2; i=0; while :; do i=$$((i+1)); echo tick $$i; sleep 1 & wait $$!; done"]
  two: { image: IMAGE, network_mode: host, SLEEP }
'@
        $null = Start-LabStack -Path $project.Path
        Wait-Until { (Get-LabLog one -ProjectName $project.Name).Text -contains 'tick 2' }
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'writes lines with service, time and stream' {
        $lines = @(Get-LabLog one -Path $project.Path)

        $lines | Should -BeOfType ComposeLab.LabLogLine
        $lines.Text | Should -Contain 'begin'
        ($lines | Where-Object Text -EQ 'wrong').Stream | Should -Be 'Error'
        ($lines | Where-Object Text -EQ 'begin').Stream | Should -Be 'Output'
        $lines[0].Container | Should -Be "$($project.Name)-one-1"
        $lines[0].Time | Should -BeOfType DateTimeOffset
    }

    It 'merges several containers by time' {
        $lines = @(Get-LabLog -ProjectName $project.Name)

        $lines.Service | Select-Object -Unique | Sort-Object | Should -Be @('one', 'two')
        # The engine may record parallel output of two streams in any order.
        $times = @(($lines | Where-Object Stream -EQ 'Output').Time.UtcTicks)
        $times | Should -Be @($times | Sort-Object)
    }

    It 'accepts services from the pipeline and reads the last lines of each' {
        $lines = @(Get-LabService -ProjectName $project.Name | Get-LabLog -Tail 1)

        @($lines | Where-Object Service -EQ 'one').Count | Should -Be 1
        @($lines | Where-Object Service -EQ 'two').Text | Should -Be 'up'
    }

    It 'writes nothing if no service arrives through the pipeline' {
        @() | Get-LabLog | Should -BeNullOrEmpty
    }

    It 'reads the lines between two times' {
        $all = @(Get-LabLog one -ProjectName $project.Name | Where-Object Text -Like 'tick*')

        $part = @(Get-LabLog one -ProjectName $project.Name -Since $all[1].Time -Until $all[1].Time.AddTicks(1))

        $part.Text | Should -Contain 'tick 2'
        $part.Text | Should -Not -Contain 'tick 1'
        @(Get-LabLog one -ProjectName $project.Name -Since 1h).Text | Should -Contain 'begin'
        @(Get-LabLog one -ProjectName $project.Name -Until 1h).Count | Should -Be 0
    }

    It 'rejects an invalid time' {
        { Get-LabLog -ProjectName $project.Name -Since 'soonish' } |
            Should -Throw -ErrorId 'ParameterArgumentTransformationError,ComposeLab.Commands.GetLabLogCommand'
    }

    It 'follows new lines through a restart, without lost or duplicate lines' {
        $restarted = $false
        $lines = [Collections.Generic.List[string]]::new()
        Get-LabLog one -ProjectName $project.Name -Follow -Tail 1 | ForEach-Object {
            $lines.Add($_.Text)
            if (-not $restarted) {
                $restarted = $true
                Restart-LabStack one -ProjectName $project.Name
            }
            $_
        } | Where-Object { 'begin' -in $lines -and $_.Text -eq 'tick 2' } | Select-Object -First 1 | Out-Null

        # The first lines are from before the restart; standard error may overtake standard output.
        $after = @($lines | Select-Object -Skip $lines.FindIndex([Predicate[string]] { $args[0] -in 'begin', 'wrong' }))
        $after | Sort-Object | Should -Be @('begin', 'tick 1', 'tick 2', 'wrong')
    }

    It 'shows the time with -Timestamp, and the service either way' {
        $plain = (Get-LabLog two -ProjectName $project.Name | Out-String).Trim()
        $timed = (Get-LabLog two -ProjectName $project.Name -Timestamp | Out-String).Trim()

        $plain | Should -Match '^two-1\s+\| up$'
        $timed | Should -Match '^two-1\s+\| \d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d up$'
    }

    It 'stops following when the stack is removed' {
        $removed = New-SpecProject 'services: { one: { image: IMAGE, network_mode: host, SLEEP } }'
        try {
            $null = Start-LabStack -Path $removed.Path
            $asked = $false
            $lines = @(Get-LabLog one -ProjectName $removed.Name -Follow -Tail 2 | ForEach-Object {
                    $_
                    if (-not $asked) {
                        $asked = $true
                        Remove-LabStack -ProjectName $removed.Name -RemoveVolume -Force -TimeoutSec 1
                    }
                })

            $lines.Count | Should -BeGreaterOrEqual 1
            @(Get-LabStack "$($removed.Name)*").Count | Should -Be 0
        }
        finally {
            Remove-SpecProject $removed
        }
    }
}
