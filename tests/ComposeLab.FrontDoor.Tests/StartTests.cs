using System.Globalization;
using System.Reflection.PortableExecutable;

namespace ComposeLab.FrontDoor.Tests;

/// <summary>What makes the first answer of a new process fast; how fast it is, the benchmark config-cold tells.</summary>
public sealed class StartTests : IDisposable
{
    // Without precompiled code it is about 1,600 methods.
    private const int MostCompiledMethods = 600;

    // Of a whole process, import included; without its runtime in the same compilation the shell alone brings it to 530.
    private const int MostCompiledInAll = 450;

    private static readonly Dictionary<string, string?> Embedded = new() { ["COMPOSELAB_SHELL"] = "embedded" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-start-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_staged_module_is_precompiled()
    {
        Assert.Equal(0, FrontDoor.Run(Embedded, "build").Code);

        // Of what the runtime brings itself, the compiler leaves an older copy alone.
        var assemblies = Directory.GetFiles(Path.Combine(FrontDoor.Root, "module", "bin"), "*.dll", SearchOption.AllDirectories)
            .Where(path => !Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal));

        Assert.NotEmpty(assemblies);
        Assert.All(assemblies, path => Assert.True(IsPrecompiled(path), path));
    }

    [Fact]
    public void The_first_answer_runs_precompiled_code_and_loads_neither_the_docker_client_nor_the_database_driver()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "compose.yaml"), "services: {web: {image: web, ports: ['80:80'], environment: {LEVEL: debug}}}");
        var script = Path.Combine(_folder.FullName, "first.ps1");
        File.WriteAllText(script, $$"""
            $before = [System.Runtime.JitInfo]::GetCompiledMethodCount($false)
            $null = Show-MergedConfig -Path '{{_folder.FullName}}'
            [System.Runtime.JitInfo]::GetCompiledMethodCount($false) - $before
            foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) { $assembly.GetName().Name }
            """);

        var (code, output, error) = FrontDoor.Run(Embedded, "run", script);

        Assert.True(code == 0, output + error);
        var lines = output.Trim().Split('\n');
        Assert.InRange(int.Parse(lines[0], CultureInfo.InvariantCulture), 1, MostCompiledMethods);
        Assert.Contains("ComposeLab.Compose", lines);
        Assert.DoesNotContain(lines, name => name is "Npgsql" or "System.Net.Http" || name.StartsWith("Docker.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_embedded_shell_is_compiled_as_one_with_its_runtime()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "compose.yaml"), "services: {web: {image: web}}");
        var script = Path.Combine(_folder.FullName, "all.ps1");
        File.WriteAllText(script, $"$null = Show-MergedConfig -Path '{_folder.FullName}'; [System.Runtime.JitInfo]::GetCompiledMethodCount($false)");

        var (code, output, error) = FrontDoor.Run(Embedded, "run", script);

        Assert.True(code == 0, output + error);
        Assert.InRange(int.Parse(output, CultureInfo.InvariantCulture), 1, MostCompiledInAll);
    }

    [Fact]
    public void What_a_script_starts_inherits_no_setting_of_the_embedded_shell()
    {
        var script = Path.Combine(_folder.FullName, "child.ps1");
        File.WriteAllText(script, "& /bin/sh -c 'echo ${DOTNET_EnableWriteXorExecute-none}'");

        var (code, output, error) = FrontDoor.Run(Embedded, "run", script);

        Assert.True(code == 0 && output.Trim() == "none", output + error);
    }

    [Fact]
    public void The_import_makes_the_code_of_the_first_command_ready()
    {
        var script = Path.Combine(_folder.FullName, "import.ps1");
        File.WriteAllText(script, """
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            do { $loaded = [AppDomain]::CurrentDomain.GetAssemblies().ForEach({ $_.GetName().Name }) -contains 'ComposeLab.Compose' } until ($loaded -or $clock.Elapsed.TotalSeconds -gt 30)
            $loaded
            """);

        var (code, output, error) = FrontDoor.Run(Embedded, "run", script);

        Assert.True(code == 0 && output.Trim() == "True", output + error);
    }

    private static bool IsPrecompiled(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        return image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }
}
