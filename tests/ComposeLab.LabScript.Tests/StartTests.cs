using System.Reflection.PortableExecutable;

namespace ComposeLab.LabScript.Tests;

/// <summary>What keeps the first answer of a new process fast. How fast it is, the benchmark <c>config-cold</c> measures.</summary>
public sealed class StartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-start-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_staged_module_is_precompiled_for_this_machine_and_IL_for_all_others()
    {
        Assert.Equal(0, Lab.Run("build").Code);

        // The compiler does not change older copies of runtime assemblies.
        var own = Directory.GetFiles(Path.Combine(Lab.Root, "module", "bin"), "*.dll", SearchOption.AllDirectories)
            .Where(path => !Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .ToLookup(path => Path.GetFileName(Path.GetDirectoryName(path)!) is "lib" or "bin");

        Assert.NotEmpty(own[true]);
        Assert.All(own[true], path => Assert.False(IsPrecompiled(path), path));
        Assert.NotEmpty(own[false]);
        Assert.All(own[false], path => Assert.True(IsPrecompiled(path), path));
    }

    [Fact]
    public void The_first_command_loads_neither_the_Docker_client_nor_the_database_driver()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "compose.yaml"), "services: {web: {image: web, ports: ['80:80'], environment: {LEVEL: debug}}}");
        var script = Path.Combine(_folder.FullName, "first.ps1");
        File.WriteAllText(script, $"$null = Show-MergedConfig -Path '{_folder.FullName}'; [AppDomain]::CurrentDomain.GetAssemblies().ForEach({{ $_.GetName().Name }})");

        var (code, output, error) = Lab.Run("run", script);

        Assert.True(code == 0, output + error);
        var lines = output.Trim().Split('\n');
        Assert.Contains("YamlDotNet", lines);
        Assert.DoesNotContain(lines, name => name is "Npgsql" || name.StartsWith("Docker.", StringComparison.Ordinal));
    }

    private static bool IsPrecompiled(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        return image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }
}
