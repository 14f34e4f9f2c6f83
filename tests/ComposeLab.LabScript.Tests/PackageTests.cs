using NuGet.Packaging;

namespace ComposeLab.LabScript.Tests;

/// <summary>The package that <c>./lab package</c> makes.</summary>
public sealed class Package
{
    /// <summary>Makes it.</summary>
    public Package()
    {
        var (code, output, error) = Lab.Run("package");
        Assert.True(code == 0, output + error);
        File = Assert.Single(Directory.GetFiles(Path.Combine(Lab.Root, "out"), "ComposeLab.*.nupkg"));
    }

    /// <summary>Absolute path of the .nupkg.</summary>
    public string File { get; }
}

public sealed class PackageTests : IClassFixture<Package>, IDisposable
{
    // The module as IL for every machine, and precompiled for the kind of machine that packed it.
    private const long MostBytes = 16_000_000;

    private readonly Package _package;

    private readonly DirectoryInfo _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"composelab-package-{Guid.NewGuid():N}"[..28]));

    public PackageTests(Package package) => _package = package;

    public void Dispose()
    {
        Lab.Start(new Dictionary<string, string?>(), "docker", "image", "rm", "--force", $"{_folder.Name}/api:prod");
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void The_package_is_small() => Assert.InRange(new FileInfo(_package.File).Length, 1, MostBytes);

    [Fact]
    [Trait("Needs", "Engine")]
    public void The_package_alone_contains_the_module_its_help_and_the_lab_and_is_never_written_to()
    {
        var script = Path.Combine(Lab.Root, "tests", "ComposeLab.LabScript.Tests", "packaged-lab.sh");

        var (code, output, error) = Lab.Start(new Dictionary<string, string?> { ["COMPOSELAB_HOME"] = null }, "sh", script, _folder.FullName);

        Assert.True(code == 0, output + error);
        Assert.Collection(
            output.Trim().Split('\n'),
            line => Assert.Matches("^imported [0-9]+ cmdlets without an engine$", line),
            line => Assert.Equal("help is there", line),
            line => Assert.Equal("without .env: New-LabEnvFile", line),
            line => Assert.Equal(".env in data/ComposeLab/lab/.env", line),
            line => Assert.Equal("db Healthy", line),
            line => Assert.Equal("api Healthy", line),
            line => Assert.Equal("nothing was written into the module", line));
    }

    [Fact]
    public void PSResourceGet_finds_installs_and_removes_the_package_from_a_folder_repository()
    {
        var script = Path.Combine(Lab.Root, "tests", "ComposeLab.LabScript.Tests", "psresourceget.sh");

        var (code, output, error) = Lab.Start(new Dictionary<string, string?> { ["COMPOSELAB_HOME"] = null, ["PSModulePath"] = null }, "sh", script, _folder.FullName);

        Assert.True(code == 0, output + error);
        Assert.Collection(
            output.Trim().Split('\n'),
            line => Assert.Equal("found ComposeLab for PostgreSQL, license https://spdx.org/licenses/MIT", line),
            line => Assert.Equal("installed ComposeLab", line),
            line => Assert.Equal("imported from .local/share/powershell/Modules/ComposeLab/VERSION", line),
            line => Assert.Equal("the lab answers: True", line),
            line => Assert.Equal("left 0", line));
    }

    [Fact]
    public void A_NuGet_client_finds_the_metadata_that_PSResourceGet_needs()
    {
        using var package = new PackageArchiveReader(_package.File);
        NuspecReader nuspec = package.NuspecReader;
        string manifest = File.ReadAllText(Path.Combine(Lab.Root, "ComposeLab.psd1"));
        string[] tags = nuspec.GetTags().Split(' ');

        Assert.Equal("ComposeLab", nuspec.GetId());
        Assert.Contains($"'{nuspec.GetVersion().ToNormalizedString()}'", manifest, StringComparison.Ordinal);
        Assert.Empty(nuspec.GetDependencyGroups());
        Assert.Equal("MIT", nuspec.GetLicenseMetadata()?.License);
        Assert.Contains("PSModule", tags);
        Assert.All(
            Directory.GetFiles(Path.Combine(Lab.Root, "docs", "cmdlets"), "*-*.md").Select(Path.GetFileNameWithoutExtension),
            command => Assert.Contains($"PSCmdlet_{command}", tags));

        // Install-PSResource unpacks everything into Modules/ID/VERSION, so the manifest has to lie at the root.
        Assert.Superset(
            new HashSet<string> { "ComposeLab.psd1", "module/ComposeLab.psm1", "module/bin/lib/ComposeLab.Cmdlets.dll", "compose/compose.yaml", "_rels/.rels", "[Content_Types].xml" },
            package.GetFiles().ToHashSet());
    }
}
