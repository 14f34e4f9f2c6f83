# The bundled lab in a separate folder: own project name, own ports, own image names, own password. What specs do to it
# never meets the user's lab.
. "$PSScriptRoot/Ports.ps1"
. "$PSScriptRoot/Projects.ps1"

function New-LabCopy {
    param([string]$Name = "spec-$([guid]::NewGuid().ToString('N').Substring(0, 8))")

    $from = Convert-Path "$PSScriptRoot/../../.."
    $folder = Join-Path ([IO.Path]::GetTempPath()) "composelab-$Name"
    $compose = Join-Path $folder 'compose'
    $null = New-Item $compose -ItemType Directory -Force
    Copy-LabFolder (Join-Path $from 'src/ComposeLab.Api') (Join-Path $folder 'src/ComposeLab.Api')
    foreach ($file in 'Dockerfile', '.dockerignore') {
        Copy-Item (Join-Path $from $file) (Join-Path $folder $file)
    }

    # The image's name is fixed in the lab's files; a copy that took it would make the user's containers look outdated.
    foreach ($file in Get-ChildItem (Join-Path $from 'compose') -Filter compose*.yaml) {
        $text = (Get-Content $file -Raw).Replace('composelab/api:', "$Name/api:")
        Set-Content (Join-Path $compose $file.Name) $text -NoNewline
    }

    # dotnet watch compiles the mounted source again if it is newer than the image's build output. An image can come from the cache, so the copy is older than all of them.
    Get-ChildItem (Join-Path $folder 'src') -Recurse -File | ForEach-Object { $_.LastWriteTimeUtc = [datetime]'2020-01-01' }

    Copy-Item (Join-Path $from 'compose' '.env.example') (Join-Path $compose '.env.example')
    $copy = [pscustomobject]@{
        Name    = $Name
        Folder  = $folder
        Path    = $compose
        Source  = Join-Path $folder 'src' 'ComposeLab.Api'
        ApiPort = Get-FreePort
        DbPort  = Get-FreePort
        Select  = @{ Path = $compose; ProjectName = $Name }
    }
    $null = New-LabEnvFile -Path $compose -Variable @{ API_PORT = $copy.ApiPort; DB_PORT = $copy.DbPort }
    Add-Content (Join-Path $compose '.env') ("`n$((Get-MachineImage) -join "`n")`n") -NoNewline
    $copy
}

# bin and obj are not copied: the copy is like a checkout.
function Copy-LabFolder {
    param([string]$From, [string]$To)

    $null = New-Item $To -ItemType Directory -Force
    Get-ChildItem $From -Force -Exclude bin, obj | Copy-Item -Destination $To -Recurse
}

# Removes the copy's stack, volumes, images and folder.
function Remove-LabCopy {
    param($Copy)

    if ($Copy) {
        Remove-LabStack -ProjectName $Copy.Name -RemoveVolume -Force -TimeoutSec 1 -WarningAction SilentlyContinue -ErrorAction Ignore
        if (Get-Command docker -CommandType Application -ErrorAction Ignore) {
            $null = docker image rm --force "$($Copy.Name)/api:dev" "$($Copy.Name)/api:prod" 2>&1
        }
        Remove-Item $Copy.Folder -Recurse -Force
    }
}
