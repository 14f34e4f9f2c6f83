# Creates out/ComposeLab/<version>, which can be imported from anywhere, and out/ComposeLab.<version>.nupkg, which PSResourceGet installs
# from a folder repository. The module must be staged first.
param([string]$Dotnet = 'dotnet')
$ErrorActionPreference = 'Stop'

$root = Convert-Path "$PSScriptRoot/../.."
$manifest = Import-PowerShellDataFile "$root/ComposeLab.psd1"
$version = $manifest.ModuleVersion
$out = Join-Path $root 'out'
$package = Join-Path $out "ComposeLab/$version"

# The content for users: the module, its help and documents, and the lab with the source of its API. Symbols, doc comments and
# files of this machine are not included.
$parts = 'ComposeLab.psd1', 'LICENSE', 'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'module', 'en-US', 'docs', 'compose', 'Dockerfile', '.dockerignore', 'src/ComposeLab.Api'
$left = '/obj/|/base-images/|/secrets/|/\.env$|\.pdb$|/src/.*/bin/|/module/bin/.*\.xml$|/\.inputs$'

Remove-Item $package -Recurse -Force -ErrorAction Ignore
# With -Recurse, the path of a file is a name that is searched for in all folders below.
foreach ($file in $parts | ForEach-Object { Join-Path $root $_ } | ForEach-Object { (Test-Path $_ -PathType Leaf) ? (Get-Item $_ -Force) : (Get-ChildItem $_ -File -Recurse -Force) }) {
    $relative = [IO.Path]::GetRelativePath($root, $file.FullName)
    if ("/$($relative.Replace('\', '/'))" -notmatch $left) {
        $target = Join-Path $package $relative
        $null = New-Item (Split-Path $target) -ItemType Directory -Force
        Copy-Item $file.FullName $target
    }
}

$null = Test-ModuleManifest "$package/ComposeLab.psd1"

# The tags that the gallery and PSResourceGet use to find modules and their commands.
$commands = $manifest.CmdletsToExport
$tags = @('PSModule', 'PSIncludes_Cmdlet') + $manifest.PrivateData.PSData.Tags + @($commands | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" })
$text = @{}
foreach ($name in 'Author', 'Copyright', 'Description') {
    $text[$name] = [Security.SecurityElement]::Escape($manifest[$name])
}

$nuspec = Join-Path $out 'ComposeLab.nuspec'
Set-Content $nuspec @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata>
    <id>ComposeLab</id>
    <version>$version</version>
    <authors>$($text.Author)</authors>
    <license type="expression">MIT</license>
    <readme>README.md</readme>
    <copyright>$($text.Copyright)</copyright>
    <description>$($text.Description)</description>
    <releaseNotes>$([Security.SecurityElement]::Escape($manifest.PrivateData.PSData.ReleaseNotes))</releaseNotes>
    <tags>$($tags -join ' ')</tags>
  </metadata>
  <files>
    <file src="ComposeLab/$version/**" target="" />
  </files>
</package>
"@
$said = & $Dotnet pack $nuspec -o $out --nologo 2>&1
if ($LASTEXITCODE -ne 0) {
    throw "The package could not be created: $said"
}

Remove-Item $nuspec
Write-Host "lab: created $package"
Write-Host "lab: created $(Join-Path $out "ComposeLab.$version.nupkg")"
