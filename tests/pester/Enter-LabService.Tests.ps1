BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
}

Describe 'Enter-LabService' {
    # A spec has no terminal; typed keys are tested in DetachKeysTests.
    It 'reports that it needs a terminal before it searches a container' {
        if ([Console]::IsInputRedirected -or [Console]::IsOutputRedirected) {
            { Enter-LabService db -ProjectName 'no-such-stack' } | Should -Throw -ErrorId 'TerminalRequired,ComposeLab.Commands.EnterLabServiceCommand'
        }
        else {
            { Enter-LabService db -ProjectName 'no-such-stack' } | Should -Throw -ErrorId 'StackNotRunning,ComposeLab.Commands.EnterLabServiceCommand'
        }
    }
}
