using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ComposeLab.Repository.Tests;

/// <summary>Content that must not be committed.</summary>
public sealed class HygieneTests
{
    private readonly RepositoryTree _tree = RepositoryTree.Current();

    [Fact]
    public void No_file_is_too_long()
    {
        var tooLong = _tree.Files("", ".cs", ".ps1", ".psm1", ".sh")
            .Select(file => (File: file, Lines: _tree.Text(file).Count(c => c == '\n')))
            .Where(entry => entry.Lines > 400);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_test_sleeps()
    {
        var sleep = new Regex(@"\bThread\.Sleep\(|\bTask\.Delay\((?!Timeout\.Infinite)|\bStart-Sleep\b");
        var waiting = _tree.Files("tests", ".cs", ".ps1")
            .Where(file => !file.EndsWith("/HygieneTests.cs", StringComparison.Ordinal) && sleep.IsMatch(_tree.Text(file)));

        Assert.Empty(waiting);
    }

    [Fact]
    public void Every_program_is_started_in_one_way()
    {
        // Given a name alone, the runtime would take a program of the current folder, which a downloaded project can contain.
        var start = new Regex(@"\bnew ProcessStartInfo\b|\bProcessStartInfo \w+ = new|\bProcess\.Start\(\s*""");
        var starting = _tree.Files("src", ".cs").Where(file => start.IsMatch(_tree.Text(file)));

        Assert.Empty(starting);
    }

    [Fact]
    public void Every_package_version_is_exact_and_central()
    {
        var versions = _tree.Files("", ".props", ".csproj")
            .SelectMany(file => XDocument.Parse(_tree.Text(file)).Descendants()
                .Where(element => element.Name.LocalName is "PackageVersion" or "PackageReference")
                .Select(element => (File: file, Kind: element.Name.LocalName, Version: element.Attribute("Version")?.Value)));

        Assert.All(versions, entry =>
        {
            if (entry.Kind == "PackageVersion")
            {
                Assert.Matches(@"^\d+\.\d+\.\d+(-[\w.]+)?$", entry.Version);
            }
            else
            {
                Assert.Null(entry.Version);
            }
        });
    }

    [Fact]
    public void Every_project_commits_its_lock_file()
    {
        var unlocked = _tree.Files("", ".csproj")
            .Select(file => Path.GetDirectoryName(file)!)
            .Where(folder => !Directory.EnumerateFiles(Path.Combine(_tree.Root, folder), "packages*.lock.json").Any());

        Assert.Empty(unlocked);
    }
}
