BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
}

# The written content is tested in NewLabEnvFileTests.
Describe 'New-LabEnvFile' {
    It 'shows the folder that it wrote to' {
        Set-Content "$TestDrive/.env.example" "PORT=8080`nDB_PASSWORD=`n"

        (New-LabEnvFile -Path $TestDrive | Out-String -Width 200) | Should -Match ([regex]::Escape($TestDrive))
    }
}
