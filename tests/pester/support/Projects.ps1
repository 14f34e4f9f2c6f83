# Small Compose projects in separate folders with unique names, so that specs never change a stack of the user.

# The values of this machine's .env that name images: the specs use the images that ./lab provides.
function Get-MachineImage {
    $file = Join-Path $PSScriptRoot '../../..' 'compose' '.env'
    if (Test-Path $file) {
        (Get-Content $file) -match '^[A-Z0-9_]+_IMAGE=.'
    }
}

# An image with a shell and PostgreSQL.
function Get-SpecImage {
    $named = @(Get-MachineImage) -match '^POSTGRES_IMAGE='
    if ($named) { @($named)[0].Split('=', 2)[1] } else { 'postgres:16-alpine' }
}

# Writes a project; IMAGE in the text stands for the image above, SLEEP for an entrypoint that lives until it is stopped. Services whose network does not
# matter use the machine's (network_mode: host), because a container without its own starts in half the time.
function New-SpecProject {
    param(
        [Parameter(Mandatory)] [string]$Text,
        [string]$Name = "spec-$([guid]::NewGuid().ToString('N').Substring(0, 8))"
    )

    $folder = Join-Path ([IO.Path]::GetTempPath()) "composelab-$Name"
    $null = New-Item $folder -ItemType Directory -Force
    $project = [pscustomobject]@{ Name = $Name; Path = $folder; File = (Join-Path $folder 'compose.yaml') }
    Set-SpecProject $project $Text
    $project
}

# Writes the project's file again.
function Set-SpecProject {
    param([Parameter(Mandatory)] $Project, [Parameter(Mandatory)] [string]$Text)

    $sleep = 'entrypoint: ["sh", "-c", "trap ''exit 0'' TERM INT; echo up; while :; do sleep 3600 & wait $$!; done"]'
    # The image declares a volume; without something on its path each container that is replaced would leave one behind, as docker compose leaves them.
    $scratch = 'tmpfs: [ "/var/lib/postgresql/data" ]'
    $body = [regex]::Replace($Text.Replace('IMAGE', (Get-SpecImage)), '(?m)^( +)SLEEP', "`$1$($sleep.Replace('$', '$$'))`n`$1$scratch").Replace('SLEEP', "$sleep, $scratch")
    Set-Content $Project.File "name: $($Project.Name)`n$body" -NoNewline
}

# A project whose only service is a database of user shop.
function New-DatabaseProject {
    New-SpecProject @'
services:
  db:
    image: IMAGE
    environment: { POSTGRES_USER: shop, POSTGRES_PASSWORD: spec-secret }
    healthcheck: { test: ["CMD", "pg_isready", "-q", "-h", "127.0.0.1", "-U", "shop"], interval: 5s, start_period: 30s }
'@
}

# Removes the stack with its volumes, and the folder.
function Remove-SpecProject {
    param($Project)

    if ($Project) {
        Remove-LabStack -ProjectName $Project.Name -RemoveVolume -Force -TimeoutSec 1 -WarningAction SilentlyContinue -ErrorAction Ignore
        Remove-Item $Project.Path -Recurse -Force
    }
}
