BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    $cmdlets = @((Get-Command -Module ComposeLab -CommandType Cmdlet).Name | ForEach-Object { @{ Name = $_ } })
    $topics = 'about_ComposeLab', 'about_LabProfile', 'about_LabPrompt', 'about_LabRunbooks' | ForEach-Object { @{ Name = $_ } }
}

Describe 'Get-Help' {
    It 'shows all of <Name>' -ForEach $cmdlets {
        $help = Get-Help $Name -Full
        $text = $help | Out-String -Width 120

        $help.Synopsis | Should -Match '^[A-Z].*\.$'
        @($help.examples.example).Count | Should -BeGreaterThan 1
        $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
        foreach ($parameter in (Get-Command $Name).Parameters.Keys | Where-Object { $_ -notin [Management.Automation.Cmdlet]::CommonParameters }) {
            $text | Should -Match "(?m)^\s+-$parameter( |$)"
        }
    }

    It 'shows the topic <Name>' -ForEach $topics {
        Get-Help $Name | Out-String | Should -Match "TOPIC\s+$Name"
    }
}
