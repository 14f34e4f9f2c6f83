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
        $hostileSamples = & "$PSScriptRoot/support/Samples.ps1"
        # Views show local time.
        $zone = $env:TZ
        $env:TZ = 'UTC'
        [TimeZoneInfo]::ClearCachedData()

        # PowerShell wraps lines between words only for known culture languages, and C or POSIX is not one.
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

    It 'show nothing of <Type> that could control the terminal' -ForEach $types {
        # The cursor, the window's title, the bell, a control character of eight bits, a line over another, and text from right to left.
        $hostile = "sha256:`e[2J`e]0;title`a$([char]0x9b)31m`b`r$([char]0x202e)evil$([char]0x2066)"
        function Set-Hostile {
            param($Value, [int]$Depth)

            foreach ($property in $Value.GetType().GetProperties() | Where-Object { $_.CanRead -and $_.GetIndexParameters().Count -eq 0 }) {
                $current = $property.GetValue($Value)
                if ($property.PropertyType -eq [string] -and $property.CanWrite) {
                    $property.SetValue($Value, $hostile)
                }
                elseif ($current -is [Collections.IEnumerable] -and $current -isnot [string]) {
                    for ($i = 0; $i -lt @($current).Count; $i++) {
                        if ($current[$i] -is [string]) { if ($current -is [array]) { $current[$i] = $hostile } }
                        elseif ($null -ne $current[$i] -and $current[$i].GetType().Namespace -like 'ComposeLab*' -and $Depth -lt 3) { Set-Hostile $current[$i] ($Depth + 1) }
                    }
                }
                elseif ($null -ne $current -and $current.GetType().IsClass -and $current.GetType().Namespace -like 'ComposeLab*' -and $Depth -lt 3) {
                    Set-Hostile $current ($Depth + 1)
                }
            }
        }
        $foreign = $hostileSamples[$Type]
        foreach ($one in $foreign) { Set-Hostile $one 0 }

        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'Ansi'
        try {
            $shown = ($foreign | Out-String -Width 300) + ($foreign | Format-Table | Out-String -Width 300) + ($foreign | Format-List | Out-String -Width 300)
        }
        finally {
            $PSStyle.OutputRendering = $rendering
        }

        # Colors are the views' own.
        $text = $shown -replace '\e\[[\d;]*m' -replace "`r`n", "`n"
        # A type of numbers shows no text.
        if (@($foreign)[0].GetType().GetProperties() | Where-Object { $_.CanWrite -and $_.PropertyType -ne [long] -and $_.PropertyType -ne [bool] }) {
            $text | Should -Match ([char]0x241b)
        }
        [regex]::Matches($text, '[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]').Count | Should -Be 0
        # PowerShell repeats the colors of the lines above in a text of several lines.
        $shown | Should -Not -Match '(\e\[[\d;]*m){4}'
    }

    It 'show nothing of the values of a configuration that could control the terminal' {
        $folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "composelab-view-$([guid]::NewGuid())")
        try {
            # YAML writes the escape; a name cannot contain it.
            Set-Content (Join-Path $folder 'compose.yaml') 'services: { web: { image: i, environment: { A: "x\e[2J\ay" }, labels: [ "b=\e]0;t\a" ] } }'
            $config = Show-MergedConfig -Path $folder -AsObject
            $shown = foreach ($one in $config, $config.services, $config.services.web, $config.services.web.environment) {
                ($one | Out-String -Width 300) + ($one | Format-List | Out-String -Width 300)
            }

            "$shown" | Should -Match ([char]0x241b)
            [regex]::Matches(("$shown" -replace '\e\[[\d;]*m'), '[\x00-\x08\x0b\x0c\x0e-\x1f]').Count | Should -Be 0
        }
        finally {
            Remove-Item $folder -Recurse
        }
    }

    It 'exist as a table and as a list for every type that a cmdlet returns or that is a part of one' {
        $types = [ComposeLab.LabService].Assembly.GetExportedTypes() |
            Where-Object { $_.Namespace -eq 'ComposeLab' -and $_.IsClass -and $_.IsSealed -and -not $_.IsAbstract -and -not $_.IsGenericType -and $_.Name -like 'Lab*' -and -not $_.IsSubclassOf([Exception]) -and -not $_.IsSubclassOf([Attribute]) }
        $answered = (Get-Command -Module ComposeLab).OutputType.Name -match '^ComposeLab\.' -replace '^ComposeLab\.' | Sort-Object -Unique
        $file = [xml](Get-Content (Join-Path $PSScriptRoot '../..' 'module' 'ComposeLab.Format.ps1xml') -Raw)
        $lists, $tables = foreach ($kind in 'ListControl', 'TableControl') {
            , @($file.SelectNodes("//View[$kind]/ViewSelectedBy/TypeName") | ForEach-Object { $_.InnerText -replace '^ComposeLab\.|#.*$' } | Sort-Object -Unique)
        }

        # LabConfig has no fixed properties: it shows the keys of the files.
        $names = @($types.Name) + $answered | Where-Object { $_ -ne 'LabConfig' } | Sort-Object -Unique
        $names | Where-Object { $_ -notin $lists } | Should -BeNullOrEmpty
        $names | Where-Object { $_ -notin $tables } | Should -BeNullOrEmpty
        $names | Where-Object { $_ -notin $samples.Keys } | Should -BeNullOrEmpty
        $lists + $tables | Where-Object { $_ -ne 'LabConfig' -and $_ -notin $samples.Keys } | Should -BeNullOrEmpty
    }
}
