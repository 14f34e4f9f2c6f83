# The bundled lab in a folder of its own: own project name, own ports, own image names, own password. What specs do to it
# never meets the user's lab.
. "$PSScriptRoot/Ports.ps1"
. "$PSScriptRoot/Projects.ps1"

function New-LabCopy {
    param([string]$Name = "spec-$([guid]::NewGuid().ToString('N').Substring(0, 8))")

    $from = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', '..'))
    $folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), "composelab-$Name")
    $compose = [IO.Path]::Combine($folder, 'compose')
    [void][IO.Directory]::CreateDirectory($compose)
    Copy-LabFolder ([IO.Path]::Combine($from, 'src', 'ComposeLab.Api')) ([IO.Path]::Combine($folder, 'src', 'ComposeLab.Api'))
    foreach ($file in 'Dockerfile', '.dockerignore') {
        [IO.File]::Copy([IO.Path]::Combine($from, $file), [IO.Path]::Combine($folder, $file))
    }

    # The image's name is fixed in the lab's files; a copy that took it would make the user's containers look outdated.
    foreach ($file in [IO.Directory]::GetFiles([IO.Path]::Combine($from, 'compose'), 'compose*.yaml')) {
        $text = [IO.File]::ReadAllText($file).Replace('composelab/api:', "$Name/api:")
        [IO.File]::WriteAllText([IO.Path]::Combine($compose, [IO.Path]::GetFileName($file)), $text)
    }

    [IO.File]::Copy([IO.Path]::Combine($from, 'compose', '.env.example'), [IO.Path]::Combine($compose, '.env.example'))
    $copy = [pscustomobject]@{
        Name    = $Name
        Folder  = $folder
        Path    = $compose
        Source  = [IO.Path]::Combine($folder, 'src', 'ComposeLab.Api')
        ApiPort = Get-FreePort
        DbPort  = Get-FreePort
        Select  = @{ Path = $compose; ProjectName = $Name }
    }
    $null = New-LabEnvFile -Path $compose -Variable @{ API_PORT = $copy.ApiPort; DB_PORT = $copy.DbPort }
    [IO.File]::AppendAllText([IO.Path]::Combine($compose, '.env'), "`n$((Get-MachineImage) -join "`n")`n")
    $copy
}

# bin and obj stay behind: the copy is what a checkout holds.
function Copy-LabFolder {
    param([string]$From, [string]$To)

    [void][IO.Directory]::CreateDirectory($To)
    foreach ($file in [IO.Directory]::GetFiles($From)) {
        [IO.File]::Copy($file, [IO.Path]::Combine($To, [IO.Path]::GetFileName($file)))
    }
    foreach ($folder in [IO.Directory]::GetDirectories($From)) {
        $name = [IO.Path]::GetFileName($folder)
        if ($name -notin 'bin', 'obj') {
            Copy-LabFolder $folder ([IO.Path]::Combine($To, $name))
        }
    }
}

# Removes the copy's stack, volumes, images and folder.
function Remove-LabCopy {
    param($Copy)

    if ($Copy) {
        Remove-LabStack -ProjectName $Copy.Name -Volume -Force -TimeoutSec 1 -WarningAction SilentlyContinue
        if (Get-Command docker -CommandType Application -ErrorAction Ignore) {
            $null = docker image rm --force "$($Copy.Name)/api:dev" "$($Copy.Name)/api:prod" 2>&1
        }
        [IO.Directory]::Delete($Copy.Folder, $true)
    }
}
