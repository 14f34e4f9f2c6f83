# Makes out/ComposeLab/<version>, which imports from anywhere, and out/ComposeLab.<version>.nupkg, which PSResourceGet installs
# from a folder repository. The module has to be staged.
param([string]$Dotnet = 'dotnet')
$ErrorActionPreference = 'Stop'

$root = Convert-Path "$PSScriptRoot/../.."
$manifest = Import-PowerShellDataFile "$root/ComposeLab.psd1"
$version = $manifest.ModuleVersion
$out = Join-Path $root 'out'
$package = Join-Path $out "ComposeLab/$version"

# What a user needs: the module, its help and documents, and the lab with the source of its API. Symbols, doc comments and what
# belongs to this machine stay behind.
$parts = 'ComposeLab.psd1', 'LICENSE', 'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'module', 'en-US', 'docs', 'compose', 'Dockerfile', '.dockerignore', 'src/ComposeLab.Api'
$left = '/obj/|/base-images/|/secrets/|/\.env$|\.pdb$|/src/.*/bin/|/module/bin/.*\.xml$|/\.inputs$'

Remove-Item $package -Recurse -Force -ErrorAction Ignore
foreach ($file in $parts | ForEach-Object { Get-ChildItem (Join-Path $root $_) -File -Recurse -Force }) {
    $relative = [IO.Path]::GetRelativePath($root, $file.FullName)
    if ("/$($relative.Replace('\', '/'))" -notmatch $left) {
        $target = Join-Path $package $relative
        $null = New-Item (Split-Path $target) -ItemType Directory -Force
        Copy-Item $file.FullName $target
    }
}

$null = Test-ModuleManifest "$package/ComposeLab.psd1"

# The words by which the gallery and PSResourceGet find modules and their commands.
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
    throw "The package could not be made: $said"
}

Remove-Item $nuspec
Write-Host "lab: made $package"
Write-Host "lab: made $(Join-Path $out "ComposeLab.$version.nupkg")"
