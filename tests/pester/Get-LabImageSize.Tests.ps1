BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Images.ps1"
}

Describe 'Get-LabImageSize' -Tag Engine {
    BeforeAll {
        $project = New-BuildProject
        $null = Build-LabImage -Path $project.Path -Profile Dev
        $null = Build-LabImage -Path $project.Path -Profile Prod
        $sizes = Get-LabImageSize -Path $project.Path
    }

    AfterAll {
        Remove-BuildProject $project
    }

    It 'measures each image with each lab profile' {
        $sizes | Should -BeOfType ComposeLab.LabImageSize
        "$($sizes | ForEach-Object { "$($_.Profile) $($_.Service)" })" | Should -Be 'Dev app Dev db Prod app Prod db'
        $dev, $prod = $sizes | Where-Object Service -EQ app
        $dev.Size - $prod.Size | Should -BeIn 204800, 208896
        $dev.LayerCount - $prod.LayerCount | Should -Be 1
        $dev.Share | Should -Be 1
    }

    It 'reports the bytes that are shared with other images on the engine' {
        $dev, $prod = $sizes | Where-Object Service -EQ app
        $prod.SharedSize | Should -Be $prod.Size
        $dev.SharedSize | Should -Be $prod.Size
    }

    It 'reports a missing image as missing, not as empty' {
        $missing = $sizes | Where-Object { $_.Service -eq 'db' -and $_.Profile -eq 'Prod' }
        $missing.Exists | Should -BeFalse
        $missing.Size | Should -Be $null
        $missing.LayerCount | Should -Be $null
        ($missing | Out-String -Width 80) | Should -Match 'missing'
    }

    It 'shows with -Compare the layers that only one profile has' {
        $difference = Get-LabImageSize app -Path $project.Path -Profile dev -Compare prod
        $difference | Should -BeOfType ComposeLab.LabImageDifference
        $difference.Difference | Should -BeIn 204800, 208896
        $difference.OnlyHereSize | Should -BeIn 204800, 208896
        $difference.OnlyHere.Count | Should -Be 1
        $difference.OnlyHere[0].Instruction | Should -Match 'head -c 204800'

        $back = Get-LabImageSize app -Path $project.Path -Profile Prod -Compare Dev
        $back.Difference | Should -BeIn -204800, -208896
        $back.OnlyHere.Count | Should -Be 0
    }

    It 'shows with -Layer the layers of an image' {
        $layers = Get-LabImageSize app -Path $project.Path -Profile Dev -Layer
        $layers | Should -BeOfType ComposeLab.LabImageLayer
        ($layers | Measure-Object Size -Sum).Sum | Should -Be ($sizes | Where-Object { $_.Service -eq 'app' -and $_.Profile -eq 'Dev' }).Size
        $layers[-1].Size | Should -BeIn 204800, 208896
        [math]::Round(($layers | Measure-Object Share -Sum).Sum, 6) | Should -Be 1
        ($layers.Instruction -join "`n") | Should -Not -Match 'hunter2-token'
    }

    It 'reports a missing image with -Layer, and continues' {
        $layers = Get-LabImageSize -Path $project.Path -Profile Prod -Layer -ErrorAction SilentlyContinue -ErrorVariable fault
        $fault[0].FullyQualifiedErrorId | Should -Be 'ImageNotFound,ComposeLab.Commands.GetLabImageSizeCommand'
        @($layers).Count | Should -BeGreaterThan 3
    }

    It 'lists the existing services and profiles' {
        (({ Get-LabImageSize nosuch -Path $project.Path } | Should -Throw -PassThru).FullyQualifiedErrorId) | Should -Be 'ServiceNotFound,ComposeLab.Commands.GetLabImageSizeCommand'
        (({ Get-LabImageSize -Path $project.Path -Compare Nosuch } | Should -Throw -PassThru).FullyQualifiedErrorId) | Should -Be 'ProfileNotFound,ComposeLab.Commands.GetLabImageSizeCommand'
    }

    It 'draws a bar and fits into eighty columns' {
        $text = $sizes | Out-String -Width 80
        $text | Should -Match '█'
        foreach ($line in $text -split "`n") {
            $line.TrimEnd().Length | Should -BeLessOrEqual 80
        }
    }
}
