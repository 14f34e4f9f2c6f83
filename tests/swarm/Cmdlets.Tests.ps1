# The cmdlets for swarms, on three engines that `./lab test --swarm` starts. The first node is the manager, and this process runs in its network.
Describe 'A small swarm' {
    BeforeAll {
        Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
        . "$PSScriptRoot/../pester/support/LabCopy.ps1"
        $folder = $env:COMPOSELAB_SWARM
        if (-not $folder) {
            throw 'The engines are not running: type ./lab test --swarm'
        }

        # Contexts for the second node only: the third one is known by its address alone.
        $config = Join-Path $folder 'config'
        $hash = [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes('second'))).ToLowerInvariant()
        $null = New-Item "$config/contexts/meta/$hash" -ItemType Directory -Force
        @{ Name = 'second'; Endpoints = @{ docker = @{ Host = "unix://$folder/n2/s" } } } | ConvertTo-Json -Depth 4 | Set-Content "$config/contexts/meta/$hash/meta.json"

        # The image of the API is built by the engine of the machine, which has the base images.
        $copy = New-LabCopy
        # New tasks are watched for ten seconds, one after the other, which proves nothing here.
        $overlay = Join-Path $copy.Path 'compose.swarm.yaml'
        (Get-Content $overlay -Raw) -replace 'monitor: \d+s', 'monitor: 1s' -replace 'parallelism: 1', 'parallelism: 0' | Set-Content $overlay -NoNewline
        $null = Build-LabImage -Path $copy.Path -Profile Swarm
        $postgres = ((Get-MachineImage) -match '^POSTGRES_IMAGE=') -replace '^POSTGRES_IMAGE='
        $archive = Join-Path $folder 'images.tar'
        docker save --output $archive "$($copy.Name)/api:prod" $($postgres ? $postgres : 'postgres:16-alpine')
        foreach ($node in 1..3) {
            docker --host "unix://$folder/n$node/s" load --quiet --input $archive
        }

        $saved = $env:DOCKER_HOST, $env:DOCKER_CONFIG
        $env:DOCKER_HOST = "unix://$folder/n1/s"
        $env:DOCKER_CONFIG = $config
        $lab = @{ Path = $copy.Path; Profile = 'Swarm'; ProjectName = $copy.Name }
    }

    AfterAll {
        $env:DOCKER_HOST, $env:DOCKER_CONFIG = $saved
        Remove-LabCopy $copy
    }

    It 'is created, and says no more than its nodes' {
        { Deploy-LabStack @lab -WhatIf } | Should -Throw -ErrorId 'SwarmManagerRequired,*'
        $node = Initialize-LabSwarm -AdvertiseAddress 10.99.0.1
        $node.Role, $node.IsLeader | Should -Be 'Manager', $true
        { Initialize-LabSwarm } | Should -Throw -ErrorId 'NodeInSwarm,*'
    }

    It 'gets nodes, without showing the token' {
        $shown = $(Add-LabNode second -AdvertiseAddress 10.99.0.2; Add-LabNode "unix://$folder/n3/s" -AdvertiseAddress 10.99.0.3 -Verbose) *>&1
        "$($shown | Format-List * | Out-String)" | Should -Not -Match 'SWMTKN'
        (Get-LabNode).Name | Should -Be 'node1', 'node2', 'node3'
        (Get-LabNode).State | Should -Be 'ready', 'ready', 'ready'
        Add-LabNode -ShowCommand | Should -Match '^docker swarm join --token SWMTKN-\S+ 10\.99\.0\.1:2377$'
    }

    It 'shows the same plan twice, and applies exactly that plan' {
        $null = Set-LabNode node2 -Label @{ 'composelab.db' = 'true' }
        $first = (Get-LabStackPlan @lab -For Deploy).Operations.ForEach({ "$($_.Action) $($_.Resource): $($_.Cause)" })
        $first | Should -Not -BeNullOrEmpty
        Deploy-LabStack @lab -WhatIf
        (Get-LabStackPlan @lab -For Deploy).Operations.ForEach({ "$($_.Action) $($_.Resource): $($_.Cause)" }) | Should -Be $first
        Get-LabStack $copy.Name -ErrorAction Ignore | Should -BeNullOrEmpty
        $plan = Get-LabStackPlan @lab -For Deploy
        $done = $plan | ConvertTo-Json -Depth 9 | ConvertFrom-Json | Deploy-LabStack
        $done | ForEach-Object { "$_ $($_.State)" } | Should -Be 'db 1/1 Converged', 'api 3/3 Converged'
        { $plan | Deploy-LabStack } | Should -Throw -ErrorId 'PlanOutdated,*'
        (Get-LabTask db -ProjectName $copy.Name).Node | Should -Be 'node2'
        (Get-LabTask api -ProjectName $copy.Name).Ports | Should -Match '^\d+:8000/tcp$'
        (Deploy-LabStack @lab).State | Should -Be 'Converged', 'Converged'
    }

    It 'shows logs of all nodes, and follows new tasks' {
        $lines = Get-LabLog -ProjectName $copy.Name
        ($lines | Group-Object Node).Name | Should -Contain 'node2'
        $lines.Where({ $_.Service -eq 'db' })[0].TaskId | Should -Be (Get-LabTask db -ProjectName $copy.Name).TaskId
        $followed = Get-LabLog api -ProjectName $copy.Name -Follow -Tail 1 | Select-Object -First 3
        $followed.Service | Select-Object -Unique | Should -Be 'api'
    }

    It 'runs a command where the task is, or says which node it needs' {
        (Invoke-LabCommand db -ProjectName $copy.Name -- psql -U lab -tAc 'SELECT 42').Output.Trim() | Should -Be '42'
        $null = Set-LabNode node2 -Label @{ 'composelab.db' = $null }
        $null = Set-LabNode node3 -Label @{ 'composelab.db' = 'true' }
        $null = Restart-LabStack db -ProjectName $copy.Name
        { Invoke-LabCommand db -ProjectName $copy.Name -- true } | Should -Throw -ErrorId 'NodeUnreachable,*'
        try { Invoke-LabCommand db -ProjectName $copy.Name -- true } catch { $_.ErrorDetails.RecommendedAction | Should -Match 'docker context create node3 .*10\.99\.0\.3' }
        (Invoke-LabCommand db -ProjectName $copy.Name -Context "unix://$folder/n3/s" -- echo here).Output.Trim() | Should -Be 'here'
    }

    It 'tests the database where its task is' {
        { Test-LabDb @lab } | Should -Throw -ErrorId 'NodeUnreachable,*'
        { Invoke-LabQuery @lab 'SELECT 1' } | Should -Throw -ErrorId 'NodeUnreachable,*'
        $null = Set-LabNode node3 -Label @{ 'composelab.db' = $null }
        $null = Set-LabNode node2 -Label @{ 'composelab.db' = 'true' }
        $null = Restart-LabStack db -ProjectName $copy.Name
        (Test-LabDb @lab -Wait -TimeoutSec 60).Message | Should -Match '^The database can be used by api'
        (Invoke-LabQuery @lab 'SELECT 42 AS answer').answer | Should -Be 42
        'text' | Copy-LabItem -Destination db:/var/lib/postgresql/data/copied -ProjectName $copy.Name | ForEach-Object Size | Should -Be 5
        Get-LabProcess db -ProjectName $copy.Name | Should -Not -BeNullOrEmpty
    }

    It 'undoes a deployment' {
        $file = Join-Path $copy.Path 'compose.extra.yaml'
        Set-Content $file "services: { api: { environment: { EXTRA: one } } }"
        $files = "$($copy.Path)/compose.yaml", "$($copy.Path)/compose.swarm.yaml", $file
        (Deploy-LabStack -File $files -StackName $copy.Name).Where({ $_.Service -eq 'api' }).CanUndo | Should -BeTrue
        $plan = Get-LabStackPlan -For Undo -ProjectName $copy.Name
        $plan.Operations[0].Cause | Should -Match 'environment'
        ($plan | Undo-LabDeployment).State | Should -Be 'Converged'
        (Get-LabStackPlan @lab -For Deploy).Operations.Count | Should -Be 0
    }

    It 'does not guess between two stacks of the same name' {
        $other = Join-Path $folder 'other'
        $null = New-Item $other -ItemType Directory -Force
        $image = $postgres ? $postgres : 'postgres:16-alpine'
        Set-Content "$other/compose.yaml" "services: { web: { image: '$image', entrypoint: [sleep, '60'], network_mode: none } }"
        $null = Start-LabStack -Path $other -ProjectName $copy.Name -NoWait -Pull Never
        foreach ($command in { Remove-LabStack -ProjectName $copy.Name }, { Restart-LabStack -ProjectName $copy.Name }, { Stop-LabStack -ProjectName $copy.Name }) {
            $command | Should -Throw -ErrorId 'StackAmbiguous,*'
        }
        (Get-LabStack $copy.Name).Orchestrator | Sort-Object | Should -Be 'Compose', 'Swarm'
        Get-LabStack $copy.Name | Where-Object Orchestrator -EQ Compose | Remove-LabStack -TimeoutSec 1
        (Get-LabStack $copy.Name).Orchestrator | Should -Be 'Swarm'
        { Stop-LabStack -ProjectName $copy.Name } | Should -Throw -ErrorId 'UnsupportedByEngine,*'
        { Start-LabStack -Path $copy.Path -Profile Dev -ProjectName $copy.Name -NoWait } | Should -Throw -ErrorId 'ResourceInUse,*'
    }

    It 'loses a node, and its last one only on request' {
        $null = Set-LabNode node3 -Availability Drain
        (Get-LabTask -ProjectName $copy.Name).Node | Should -Not -Contain 'node3'
        { Remove-LabNode node3 } | Should -Throw -ErrorId 'NodeUnreachable,*'
        Remove-LabNode node3 -Context $env:DOCKER_HOST -Force
        Remove-LabStack -ProjectName $copy.Name
        Get-LabStack $copy.Name -ErrorAction Ignore | Should -BeNullOrEmpty
        Remove-LabNode node2
        (Get-LabEngine second).Swarm | Should -Be 'inactive'
        { Remove-LabNode node1 } | Should -Throw -ErrorId 'LastManager,*'
        Get-LabNode | Remove-LabNode -Force
        { Get-LabNode } | Should -Throw -ErrorId 'SwarmManagerRequired,*'
        docker --host "unix://$folder/n3/s" swarm leave --force
    }
}
