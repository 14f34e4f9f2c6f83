# Small projects whose images build in a moment, from an image that ./lab provides.
. "$PSScriptRoot/Projects.ps1"

# A project with lab profiles Dev and Prod: dependencies first, then code. A fresh stamp keeps earlier runs out of the build cache.
function New-BuildProject {
    $project = New-SpecProject @'
services:
  app:
    image: spec-NAME/app:base
    build: { context: ., args: { TARGET: prod, APP_TOKEN: hunter2-token } }
  db: { image: spec-no-such-image:1 }
'@
    $text = (Get-Content $project.File -Raw).Replace('spec-NAME', $project.Name)
    Set-Content $project.File $text -NoNewline
    foreach ($target in 'dev', 'prod') {
        Write-ProjectFile $project "compose.$target.yaml" "services: { app: { image: $($project.Name)/app:$target, build: { args: { TARGET: $target } } } }`n"
    }

    Write-ProjectFile $project 'requirements.txt' "# $($project.Name)`n"
    Write-ProjectFile $project 'src/app.py' "print('hello')`n"
    Write-ProjectFile $project 'data/large.bin' ('x' * 100000)
    Write-ProjectFile $project '.dockerignore' "data`ncompose*.yaml`n"
    Write-ProjectFile $project 'Dockerfile' @"
ARG TARGET=prod
FROM $(Get-SpecImage) AS prod
LABEL spec=$($project.Name)
ARG APP_TOKEN
WORKDIR /app
COPY requirements.txt ./
RUN echo "install with `$APP_TOKEN" > /installed
COPY src/ ./
RUN cat app.py > /compiled

FROM prod AS dev
RUN head -c 204800 /dev/zero > /tools

FROM `${TARGET}
"@
    $project
}

function Write-ProjectFile {
    param($Project, [string]$Name, [string]$Text)

    $file = Join-Path $Project.Path $Name
    $null = New-Item (Split-Path $file) -ItemType Directory -Force
    Set-Content $file $Text -NoNewline
}

# The content of every file of a folder, to see that none was touched.
function Get-FolderText {
    param([string]$Folder)

    (Get-ChildItem $Folder -File -Recurse -Force | Sort-Object FullName | ForEach-Object { "$_ $($_.LastWriteTimeUtc.Ticks) $(Get-Content $_ -Raw)" }) -join "`n"
}

function Remove-BuildProject {
    param($Project)

    if ($Project) {
        if (Get-Command docker -CommandType Application -ErrorAction Ignore) {
            # By the label of the project, because a build that is done again leaves the earlier image without a name.
            foreach ($id in docker image ls --all --quiet --filter "label=com.docker.compose.project=$($Project.Name)") {
                $null = docker image rm --force $id 2>&1
            }
        }
        Remove-Item $Project.Path -Recurse -Force
    }
}
