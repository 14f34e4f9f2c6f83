# Writes the sizes of all images to images.csv, and the build steps that run again after a change of code or dependencies to cache.json.
param([string]$Path, [string]$Folder = '.')
$ErrorActionPreference = 'Stop'
$project = $PSBoundParameters
[void]$project.Remove('Folder')

Get-LabImageSize @project |
    Select-Object Profile, Service, Image, Size, SharedSize, LayerCount |
    Export-Csv "$Folder/images.csv"

Measure-LabBuildCache @project |
    Select-Object Service, Scenario, ChangedPath, RuleHolds, CachedSteps, RanSteps, Why, @{ Name = 'Seconds'; Expression = { $_.Duration.TotalSeconds } } |
    ConvertTo-Json -EnumsAsStrings |
    Set-Content "$Folder/cache.json"

Get-Item "$Folder/images.csv", "$Folder/cache.json"
