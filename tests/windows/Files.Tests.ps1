BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
}

Describe 'Files on Windows' {
    It 'runs on Windows' {
        $IsWindows | Should -BeTrue
    }
}
