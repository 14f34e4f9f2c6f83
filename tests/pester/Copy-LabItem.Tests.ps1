BeforeAll {
    Import-Module "$PSScriptRoot/../../ComposeLab.psd1"
    . "$PSScriptRoot/support/Projects.ps1"
}

Describe 'Copy-LabItem' -Tag Engine {
    BeforeAll {
        $project = New-SpecProject @'
services:
  a: { image: IMAGE, network_mode: host, SLEEP, scale: 2 }
  b: { image: IMAGE, network_mode: host, SLEEP }
'@
        $null = Start-LabStack -Path $project.Path
        $in = @{ ProjectName = $project.Name }
        $folder = Join-Path $TestDrive 'folder'
        $null = New-Item $folder -ItemType Directory
        Set-Content (Join-Path $folder 'one.txt') 'one' -NoNewline
        $null = New-Item (Join-Path $folder 'sub') -ItemType Directory
        Set-Content (Join-Path $folder 'sub/two.txt') 'zwei: äöü' -NoNewline
        function Read-File { param($Service, $Path, $Number = 1) (Invoke-LabCommand $Service @in -Number $Number -Command cat, $Path).Output }
    }

    AfterAll {
        Remove-SpecProject $project
    }

    It 'copies a file into every container of a service, or into one' {
        Copy-LabItem "$folder/one.txt" a:/tmp/all.txt @in -WhatIf | Should -BeNullOrEmpty
        $copied = @(Copy-LabItem "$folder/one.txt" a:/tmp/all.txt @in)

        $copied | Should -BeOfType ComposeLab.LabCopy
        $copied.Container | Sort-Object | Should -Be "$($project.Name)-a-1", "$($project.Name)-a-2"
        $copied[0].Size | Should -Be 3
        Read-File a /tmp/all.txt 2 | Should -Be 'one'
        $null = Copy-LabItem "$folder/one.txt" a:/tmp/single.txt @in -Number 2
        Read-File a /tmp/single.txt 2 | Should -Be 'one'
        (Invoke-LabCommand a @in -Number 1 -Command test, '-e', /tmp/single.txt).ExitCode | Should -Be 1
    }

    It 'copies a folder into a container and back, with its content' {
        $null = Copy-LabItem $folder b:/tmp @in
        Read-File b /tmp/folder/sub/two.txt | Should -Be 'zwei: äöü'
        $null = Copy-LabItem "$folder/." b:/tmp/content @in
        Read-File b /tmp/content/one.txt | Should -Be 'one'

        $back = Copy-LabItem b:/tmp/folder "$TestDrive/back" @in
        $back.Files | Should -Be 2
        Get-Content "$TestDrive/back/sub/two.txt" -Raw | Should -Be 'zwei: äöü'
        $null = Copy-LabItem b:/tmp/folder/. "$TestDrive/back" @in
        $null = Copy-LabItem b:/tmp/folder $TestDrive/back @in
        Get-Content "$TestDrive/back/folder/one.txt" -Raw | Should -Be 'one'
        @(Get-ChildItem $TestDrive -Force -Name | Where-Object { $_ -like '.*' }) | Should -BeNullOrEmpty
    }

    It 'copies files of the pipeline, and takes the stack of the services in it' {
        $null = Get-ChildItem $folder | Copy-LabItem -Destination b:/tmp/ @in
        Read-File b /tmp/sub/two.txt | Should -Be 'zwei: äöü'
        $null = Get-LabService b @in | Copy-LabItem "$folder/one.txt" b:/tmp/piped.txt
        Read-File b /tmp/piped.txt | Should -Be 'one'
        { Copy-LabItem b:/tmp/piped.txt - @in } | Should -Throw -ErrorId 'PathInvalid,ComposeLab.Commands.CopyLabItemCommand'
    }

    It 'copies links as links, or their targets on request' {
        $null = Invoke-LabCommand b @in -Command sh, '-c', 'echo target > /tmp/t; ln -s t /tmp/l'

        $null = Copy-LabItem b:/tmp/l "$TestDrive/link" @in
        (Get-Item "$TestDrive/link").LinkTarget | Should -Be 't'
        $null = Copy-LabItem b:/tmp/l "$TestDrive/followed" @in -FollowLink
        Get-Content "$TestDrive/followed" | Should -Be 'target'
    }

    It 'copies between services, from the pipeline and to the pipeline' {
        $null = 'first', 'second' | Copy-LabItem -Destination b:/tmp/piped @in
        Read-File b /tmp/piped | Should -Be "first`nsecond`n"
        $null = Copy-LabItem b:/tmp/piped a:/tmp/other @in -Number 1
        Read-File a /tmp/other | Should -Be "first`nsecond`n"
        [Text.Encoding]::UTF8.GetString([byte[]](Copy-LabItem b:/tmp/piped -AsByteStream @in)) | Should -Be "first`nsecond`n"
    }

    It 'copies from and into a stopped container' {
        Stop-LabStack b @in -TimeoutSec 1
        $null = Copy-LabItem "$folder/one.txt" b:/tmp/stopped @in
        $null = Copy-LabItem b:/tmp/stopped "$TestDrive/stopped" @in

        Get-Content "$TestDrive/stopped" | Should -Be 'one'
    }

    It 'reports what cannot be copied, and writes nothing' {
        { Copy-LabItem b:/no/such "$TestDrive/none" @in } | Should -Throw -ErrorId 'PathNotFound,ComposeLab.Commands.CopyLabItemCommand'
        { Copy-LabItem "$TestDrive/no-such" b:/tmp/x @in } | Should -Throw -ErrorId 'PathNotFound,ComposeLab.Commands.CopyLabItemCommand'
        { Copy-LabItem b:/etc/hosts "$TestDrive/no/such/folder/x" @in } | Should -Throw -ErrorId 'PathNotFound,ComposeLab.Commands.CopyLabItemCommand'
        { Copy-LabItem $folder b:/etc/hosts @in } | Should -Throw -ErrorId 'PathInvalid,ComposeLab.Commands.CopyLabItemCommand'
        { Copy-LabItem "$folder/one.txt" b:/no/such/x @in } | Should -Throw -ErrorId 'PathNotFound,ComposeLab.Commands.CopyLabItemCommand'
        { Copy-LabItem /proc/self/mem b:/tmp/x @in } | Should -Throw -ErrorId 'PathInvalid,ComposeLab.Commands.CopyLabItemCommand'
        { Copy-LabItem b:/etc "$folder/one.txt" @in } | Should -Throw -ErrorId 'PathInvalid,ComposeLab.Commands.CopyLabItemCommand'
        { Copy-LabItem ./a ./b @in } | Should -Throw -ErrorId 'PathInvalid,ComposeLab.Commands.CopyLabItemCommand'
        { Copy-LabItem nosuch:/x ./b @in } | Should -Throw -ErrorId 'ServiceNotFound,ComposeLab.Commands.CopyLabItemCommand'
        $fault = { Copy-LabItem a:/tmp/all.txt "$TestDrive/x" @in -Number 9 } | Should -Throw -ErrorId 'StackNotRunning,ComposeLab.Commands.CopyLabItemCommand' -PassThru
        $fault.ErrorDetails.RecommendedAction | Should -BeLike 'Use -Number 1*'
        Test-Path "$TestDrive/none" | Should -BeFalse
    }
}
