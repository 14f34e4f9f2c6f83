namespace ComposeLab.LabScript.Tests;

/// <summary>A temporary folder with scripts, and with programs that a test puts first on PATH.</summary>
internal sealed class ScriptFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-run-");

    /// <summary>A folder in it that does not exist.</summary>
    public string Missing => Path.Combine(_folder.FullName, "missing");

    /// <summary>An environment in which a PowerShell of a version is installed. It only prints how it was called.</summary>
    /// <param name="version">The version.</param>
    /// <returns>The variables to set.</returns>
    public Dictionary<string, string?> Installed(string version) => new()
    {
        ["PATH"] = Program("pwsh", $"case $1 in --version) echo 'PowerShell {version}' ;; *) echo \"installed: $*\" ;; esac")
            + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
    };

    /// <summary>Creates a program.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">What it does, as a script of sh.</param>
    /// <returns>The folder that contains it alone.</returns>
    public string Program(string name, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, $"{name}-bin")).FullName;
        var program = Path.Combine(folder, name);
        File.WriteAllText(program, $"#!/bin/sh\n{text}\n");
        Assert.Equal(0, Lab.Start(new Dictionary<string, string?>(), "chmod", "+x", program).Code);
        return folder;
    }

    /// <summary>Creates a script of PowerShell; the next one replaces it.</summary>
    /// <param name="text">The script.</param>
    /// <returns>Its path.</returns>
    public string Script(string text)
    {
        var path = Path.Combine(_folder.FullName, "script.ps1");
        File.WriteAllText(path, text);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
