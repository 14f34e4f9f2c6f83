# A service that is entered at a console. The keys are typed by windows-run.sh before this starts; the console keeps them.
BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/../pester/support/Projects.ps1"
    $project = New-SpecProject -Name "$env:CHECK_PROJECT-console" -Text 'services: { web: { image: IMAGE, SLEEP } }'
    $null = Start-LabStack -Path $project.Path
}

AfterAll {
    Remove-SpecProject $project
}

Describe 'A console of Windows' {
    It 'gives its keys, its size and the exit code to a service that is entered' {
        [Console]::IsInputRedirected | Should -BeFalse
        $before = [Console]::OutputEncoding.CodePage

        Enter-LabService web -ProjectName $project.Name

        $LASTEXITCODE | Should -Be 7
        [Console]::OutputEncoding.CodePage | Should -Be $before
        (Invoke-LabCommand web -ProjectName $project.Name -Command cat, /tmp/typed).Output.Trim() -split "`n" | Should -Be "$([Console]::WindowHeight) $([Console]::WindowWidth)", 'ABC'
    }
}
