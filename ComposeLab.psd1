@{
    RootModule           = 'module/ComposeLab.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '834b2462-f7e2-4968-a78d-6280cf765f31'
    Author               = 'ComposeLab contributors'
    CompanyName          = 'ComposeLab'
    Copyright            = '(c) ComposeLab contributors. MIT License.'
    Description          = 'Runs Compose-defined stacks natively from PowerShell: reads and merges the Compose files itself and drives the Docker Engine API itself, with typed objects, -WhatIf, the origin of every value and the cause of every change.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')

    FormatsToProcess     = @('module/ComposeLab.Format.ps1xml')

    CmdletsToExport      = @(
        'Add-LabNode'
        'Backup-LabDb'
        'Backup-LabVolume'
        'Build-LabImage'
        'Clear-LabEngine'
        'Compare-LabConfig'
        'Compare-LabStack'
        'Copy-LabItem'
        'Deploy-LabStack'
        'Enter-LabService'
        'Export-LabContainer'
        'Export-LabReport'
        'Get-LabConfigRule'
        'Get-LabEngine'
        'Get-LabEvent'
        'Get-LabImage'
        'Get-LabImageSize'
        'Get-LabLog'
        'Get-LabNetwork'
        'Get-LabNode'
        'Get-LabProcess'
        'Get-LabService'
        'Get-LabStack'
        'Get-LabStackPlan'
        'Get-LabTask'
        'Get-LabVariable'
        'Get-LabVolume'
        'Initialize-LabSwarm'
        'Invoke-LabCommand'
        'Invoke-LabQuery'
        'Invoke-LabRun'
        'Measure-LabBuildCache'
        'Measure-LabStack'
        'New-LabEnvFile'
        'New-LabImage'
        'Publish-LabStack'
        'Receive-LabImage'
        'Remove-LabImage'
        'Remove-LabNode'
        'Remove-LabStack'
        'Reset-LabDbPassword'
        'Restart-LabStack'
        'Restore-LabDb'
        'Restore-LabVolume'
        'Resume-LabStack'
        'Send-LabImage'
        'Set-LabNode'
        'Show-MergedConfig'
        'Start-LabStack'
        'Stop-LabStack'
        'Suspend-LabStack'
        'Test-LabConfig'
        'Test-LabDb'
        'Test-LabDbBackup'
        'Undo-LabDeployment'
        'Update-LabDb'
        'Wait-LabStack'
        'Watch-LabStack'
    )
    AliasesToExport      = @()
    FunctionsToExport    = @()
    VariablesToExport    = @()

    PrivateData          = @{
        PSData = @{
            LicenseUri   = 'https://spdx.org/licenses/MIT'
            ReleaseNotes = 'CHANGELOG.md in the module folder lists what changed.'
            Tags         = @('Docker', 'Compose', 'Containers', 'PostgreSQL', 'Lab', 'PSEdition_Core', 'Linux', 'MacOS', 'Windows')
        }
    }
}
