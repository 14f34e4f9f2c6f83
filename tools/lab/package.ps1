# Makes out/ComposeLab/<version>, which imports from anywhere, and out/ComposeLab.<version>.nupkg, which PSResourceGet installs
# from a folder repository. The module has to be staged.
param([string]$Dotnet = 'dotnet')
$ErrorActionPreference = 'Stop'

$root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
$manifest = Import-PowerShellDataFile ([IO.Path]::Combine($root, 'ComposeLab.psd1'))
$version = $manifest.ModuleVersion
$out = [IO.Path]::Combine($root, 'out')
$package = [IO.Path]::Combine($out, 'ComposeLab', $version)

# What a user needs: the module, its help and documents, and the lab with the source of its API. Symbols, doc comments and what
# belongs to this machine stay behind.
$parts = 'ComposeLab.psd1', 'LICENSE', 'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'module', 'en-US', 'docs', 'compose', 'Dockerfile', '.dockerignore', 'src/ComposeLab.Api'
$left = '/obj/|/base-images/|/secrets/|/\.env$|\.pdb$|/src/.*/bin/|/module/bin/.*\.xml$|/\.inputs$'

if ([IO.Directory]::Exists($package)) {
    [IO.Directory]::Delete($package, $true)
}

foreach ($part in $parts) {
    $source = [IO.Path]::Combine($root, $part)
    $files = if ([IO.Directory]::Exists($source)) { [IO.Directory]::GetFiles($source, '*', 'AllDirectories') } else { $source }
    foreach ($file in $files) {
        $relative = [IO.Path]::GetRelativePath($root, $file)
        if ("/$($relative.Replace('\', '/'))" -notmatch $left) {
            $target = [IO.Path]::Combine($package, $relative)
            [void][IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($target))
            [IO.File]::Copy($file, $target, $true)
        }
    }
}

$null = Test-ModuleManifest ([IO.Path]::Combine($package, 'ComposeLab.psd1'))

# The words by which the gallery and PSResourceGet find modules and their commands.
$commands = $manifest.CmdletsToExport
$tags = @('PSModule', 'PSIncludes_Cmdlet') + $manifest.PrivateData.PSData.Tags + @($commands | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" })
$text = @{}
foreach ($name in 'Author', 'Copyright', 'Description') {
    $text[$name] = [Security.SecurityElement]::Escape($manifest[$name])
}

$nuspec = [IO.Path]::Combine($out, 'ComposeLab.nuspec')
[IO.File]::WriteAllText($nuspec, @"
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
"@)
$said = & $Dotnet pack $nuspec -o $out --nologo 2>&1
if ($LASTEXITCODE -ne 0) {
    throw "The package could not be made: $said"
}

[IO.File]::Delete($nuspec)
Write-Host "lab: made $package"
Write-Host "lab: made $([IO.Path]::Combine($out, "ComposeLab.$version.nupkg"))"
