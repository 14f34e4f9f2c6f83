# What people see. After an intended change of a view: ./lab test --accept, then read the difference.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    $samples = & "$PSScriptRoot/support/Samples.ps1"
    $types = @($samples.Keys | ForEach-Object { @{ Type = $_ } })
}

Describe 'Views' {
    BeforeAll {
        Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
        $samples = & "$PSScriptRoot/support/Samples.ps1"

        # PowerShell breaks lines between words only where the culture's language is one that it knows, and C or POSIX is none.
        class EnglishWords : Globalization.CultureInfo {
            EnglishWords() : base('') { }
            [string] get_TwoLetterISOLanguageName() { return 'en' }
        }

        function Get-Drawing {
            param([string]$Type)

            [Threading.Thread]::CurrentThread.CurrentCulture = [EnglishWords]::new()
            # Files below the current folder are shown relative to it.
            Push-Location $PSScriptRoot
            $text = foreach ($width in 80, 120) {
                "=== table, $width columns"
                $samples[$Type] | Out-String -Width $width
                "=== list, $width columns"
                $samples[$Type] | Format-List | Out-String -Width $width
            }
            Pop-Location
            ((($text -join "`n") -split "`r?`n").TrimEnd() -join "`n") -replace "\n{3,}", "`n`n"
        }
    }

    It 'show <Type> like the golden file' -ForEach $types {
        $file = Join-Path $PSScriptRoot 'views' "$Type.txt"
        $drawn = Get-Drawing $Type
        if ($env:COMPOSELAB_ACCEPT -eq '1') {
            Set-Content $file $drawn -NoNewline
        }

        $drawn | Should -Be (Get-Content $file -Raw)
    }

    It 'fit <Type> into eighty columns' -ForEach $types {
        $lines = ($samples[$Type] | Out-String -Width 80) -split "`n"

        @($lines | Where-Object Length -GT 80) | Should -BeNullOrEmpty
        # Only the last column may be cut.
        @($lines) -match '… *\S' | Should -BeNullOrEmpty
    }

    It 'exist for every output type of a cmdlet' {
        $answered = (Get-Command -Module ComposeLab).OutputType.Name -match '^ComposeLab\.' -replace '^ComposeLab\.' | Sort-Object -Unique
        $file = [xml](Get-Content (Join-Path $PSScriptRoot '../..' 'module' 'ComposeLab.Format.ps1xml') -Raw)
        $views = $file.SelectNodes('//ViewSelectedBy/TypeName') | ForEach-Object { $_.InnerText -replace '^ComposeLab\.|#.*$' } | Sort-Object -Unique

        # LabConfig has no shape of its own: it shows the keys of the files.
        $answered | Where-Object { $_ -ne 'LabConfig' -and $_ -notin $views } | Should -BeNullOrEmpty
        $views | Where-Object { $_ -notin $samples.Keys } | Should -BeNullOrEmpty
    }
}
