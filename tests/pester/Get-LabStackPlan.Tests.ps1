BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"

    $shop = @'
services:
  web:
    image: IMAGE
    SLEEP
    depends_on: [ db ]
    environment: { LOG_LEVEL: info, API_TOKEN: first-secret }
  db:
    image: IMAGE
    SLEEP
    volumes: [ "data:/data" ]
volumes: { data: {} }
'@

    # The error id of a command that must fail.
    function Get-Refusal([scriptblock]$Command) {
        try { $null = & $Command } catch { return $_ }
        throw 'The command did not fail.'
    }
}

Describe 'Get-LabStackPlan of a stopped project' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject $shop
        $plan = Get-LabStackPlan -Path $project.Path
        $xml = Join-Path $project.Path 'plan.xml'
        $json = Join-Path $project.Path 'plan.json'
        $plan | Export-Clixml $xml
        $plan | ConvertTo-Json -Depth 5 | Set-Content $json
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'selects the services before it checks the rest' {
        $file = Join-Path $project.Path 'selected.yaml'
        Set-Content $file "name: $($project.Name)-selected`nservices:`n  tool: { image: x, profiles: [tools] }`n  broken: { image: y, env_file: ./missing.env }`n" -NoNewline

        (Get-LabStackPlan tool -File $file).Operations.Service | Should -Contain 'tool'
    }

    It 'lists the operations with their causes and changes nothing' {
        $plan | Should -BeOfType ComposeLab.LabStackPlan
        $plan.ProjectName | Should -Be $project.Name
        $plan.For | Should -Be 'Start'
        $plan.Folder | Should -Be $project.Path
        $plan.Operations.Order | Should -Be @(1..$plan.Operations.Count)
        $plan.Operations.Resource | Should -Contain "container $($project.Name)-db-1"
        $plan.Operations.ResourceName | Should -Contain "$($project.Name)_default"
        $plan.Operations | ForEach-Object { $_.Cause | Should -Not -BeNullOrEmpty }
        @(Get-LabStack "$($project.Name)*").Count | Should -Be 0
    }

    It 'saves no secret' {
        "$(Get-Content $xml -Raw)$(Get-Content $json -Raw)" | Should -Not -Match 'first-secret'
    }

    It 'is rejected by the command for another action' {
        (Get-Refusal { $plan | Stop-LabStack }).FullyQualifiedErrorId | Should -Be 'PlanInvalid,ComposeLab.Commands.StopLabStackCommand'
    }

    It 'is rejected together with a parameter that would change it' {
        (Get-Refusal { Start-LabStack -Plan $plan -ForceRecreate }).FullyQualifiedErrorId | Should -Be 'PlanInvalid,ComposeLab.Commands.StartLabStackCommand'
    }

    It 'is rejected when <Change>' -ForEach @(
        @{ Change = 'an operation was taken out'; Edit = { param($p) $p.Operations = @($p.Operations | Select-Object -Skip 1) } }
        @{ Change = 'an operation was put in'; Edit = { param($p) $p.Operations = @($p.Operations) + $p.Operations[0] } }
        @{ Change = 'a cause was rewritten'; Edit = { param($p) $p.Operations[0].Cause = 'harmless' } }
        @{ Change = 'it names another project'; Edit = { param($p) $p.ProjectName = 'other' } }
        @{ Change = 'its document was broken'; Edit = { param($p) $p.Document = '{' } }
    ) {
        $edited = Get-Content $json -Raw | ConvertFrom-Json
        & $Edit $edited

        (Get-Refusal { $edited | Start-LabStack }).FullyQualifiedErrorId | Should -Be 'PlanInvalid,ComposeLab.Commands.StartLabStackCommand'
        @(Get-LabStack "$($project.Name)*").Count | Should -Be 0
    }

    It 'is rejected when its document differs from the current plan' {
        $edited = Get-Content $json -Raw | ConvertFrom-Json
        $document = $edited.Document | ConvertFrom-Json
        $gone = $document.Plan.Operations | Where-Object Kind -EQ 'CreateVolume'
        $document.Plan.Operations = @($document.Plan.Operations | Where-Object Kind -NE 'CreateVolume')
        $edited.Document = $document | ConvertTo-Json -Depth 9 -Compress
        $edited.Operations = @($edited.Operations | Where-Object Resource -NE "volume $($gone.Resource.Name)")

        $refusal = Get-Refusal { $edited | Start-LabStack }

        $refusal.FullyQualifiedErrorId | Should -Be 'PlanOutdated,ComposeLab.Commands.StartLabStackCommand'
        "$refusal" | Should -Match $gone.Resource.Name
    }

    It 'can be saved as JSON and applied by another session, exactly and once' {
        # A job is another session, of another process.
        $services = Start-Job -ArgumentList $json, "$PSScriptRoot/../../ComposeLab.psd1" {
            Import-Module $args[1]
            Get-Content $args[0] -Raw | ConvertFrom-Json | Start-LabStack
        } | Receive-Job -Wait -AutoRemoveJob

        $services.Service | Sort-Object | Should -Be @('db', 'web')
        (Get-Refusal { Import-Clixml $xml | Start-LabStack }).FullyQualifiedErrorId | Should -Be 'PlanOutdated,ComposeLab.Commands.StartLabStackCommand'
    }
}

Describe 'A plan of a running stack' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject $shop
        $null = Start-LabStack -Path $project.Path
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'is empty when nothing changed, and can be applied' {
        $plan = Get-LabStackPlan -Path $project.Path

        $plan.Operations.Count | Should -Be 0
        (Start-LabStack -Plan $plan).Service | Sort-Object | Should -Be @('db', 'web')
    }

    It 'is rejected after a change in a file, which is reported with its line' {
        $plan = Get-LabStackPlan -Path $project.Path
        Set-SpecProject $project $shop.Replace('info', 'debug')

        $refusal = Get-Refusal { Start-LabStack -Plan $plan }

        $refusal.FullyQualifiedErrorId | Should -Be 'PlanOutdated,ComposeLab.Commands.StartLabStackCommand'
        # SLEEP stands for two lines.
        "$refusal" | Should -Match "container $($project.Name)-web-1.*environment\.LOG_LEVEL: info -> debug \(compose\.yaml:8\)"
        Set-SpecProject $project $shop
    }

    It 'is rejected after a change of a secret, which is not shown' {
        $plan = Get-LabStackPlan -Path $project.Path -ForceRecreate
        Set-SpecProject $project $shop.Replace('first-secret', 'second-secret')

        $refusal = Get-Refusal { Start-LabStack -Plan $plan }

        $refusal.FullyQualifiedErrorId | Should -Be 'PlanOutdated,ComposeLab.Commands.StartLabStackCommand'
        "$refusal" | Should -Not -Match 'first-secret|second-secret'
        Set-SpecProject $project $shop
    }

    It 'can be applied from Clixml to stop it, and is rejected after a container was replaced' {
        $xml = Join-Path $project.Path 'stop.xml'
        Get-LabStackPlan -For Stop -ProjectName $project.Name | Export-Clixml $xml
        $null = Start-LabStack db -Path $project.Path -ForceRecreate

        $refusal = Get-Refusal { Import-Clixml $xml | Stop-LabStack }

        $refusal.FullyQualifiedErrorId | Should -Be 'PlanOutdated,ComposeLab.Commands.StopLabStackCommand'
        "$refusal" | Should -Match "container $($project.Name)-db-1"
        Get-LabStackPlan -For Stop -ProjectName $project.Name | Export-Clixml $xml
        (Import-Clixml $xml | Stop-LabStack -PassThru).Service | Sort-Object | Should -Be @('db', 'web')
    }

    It 'removes it with its data with -Force without a prompt and leaves nothing' {
        $plan = Get-LabStackPlan -For Remove -ProjectName $project.Name -RemoveVolume

        $plan.Operations.Resource | Should -Contain "volume $($project.Name)_data"
        Remove-LabStack -Plan $plan -Force | Should -BeNullOrEmpty
        (Get-LabStackPlan -For Remove -ProjectName $project.Name -RemoveVolume).Operations.Count | Should -Be 0
    }
}

Describe 'Get-LabStackPlan with bad input' -Tag Engine {
    It 'rejects a parameter of another action' {
        { Get-LabStackPlan -For Stop -ForceRecreate -ProjectName none } |
            Should -Throw -ErrorId 'PlanInvalid,ComposeLab.Commands.GetLabStackPlanCommand'
    }

    It 'rejects a pipeline object that is neither a plan nor identifies a stack' {
        { 5 | Stop-LabStack } | Should -Throw -ErrorId 'StackNotNamed,ComposeLab.Commands.StopLabStackCommand'
    }

    It 'takes text from the pipeline as the name of an engine' {
        { 'shop' | Stop-LabStack } | Should -Throw -ErrorId 'ContextNotFound,ComposeLab.Commands.StopLabStackCommand'
    }

    It 'lists what prevents a start in Findings' {
        $project = New-SpecProject "services:`n  web: { image: IMAGE, SLEEP, networks: [ out ] }`nnetworks: { out: { external: true, name: no-such-network } }`n"
        try {
            (Get-LabStackPlan -Path $project.Path).Findings | Should -Match '^ExternalResourceMissing: '
        }
        finally {
            Remove-SpecProject $project
        }
    }
}
