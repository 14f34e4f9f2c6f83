using System.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using Xunit.Runner.InProc.SystemConsole;

namespace ComposeLab.Engine.Tests.Support;

/// <summary>This assembly as a program: it runs the tests, and does what a test does in a process that it can kill, or that another user runs.</summary>
internal static class HelperProcess
{
    /// <summary>Does one thing.</summary>
    /// <param name="arguments">Those of xunit; <c>start FOLDER PROJECT</c> starts a project and writes a line for each event; <c>lock PROJECT</c> takes a stack's lock, writes its
    /// path and holds it until standard input ends.</param>
    public static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["start", var folder, var project]:
                await StartAsync(folder, project);
                return 0;
            case ["lock", var project]:
                EngineEndpoint endpoint = EngineEndpoint.Resolve(new Dictionary<string, string>());
                using (await StackLock.TakeAsync(endpoint, project, TimeSpan.FromSeconds(30), isRequired: true, new Events(), CancellationToken.None))
                {
                    Console.WriteLine(StackLock.PathOf(endpoint, project) ?? "(none)");
                    await Console.In.ReadToEndAsync();
                }

                return 0;
            default:
                return await ConsoleRunner.Run(arguments);
        }
    }

    /// <summary>Prepares the program.</summary>
    /// <param name="prefix">The program and arguments that run it as somebody else; empty for the same user.</param>
    /// <param name="assembly">The path of this assembly, or of a copy of it.</param>
    /// <param name="arguments">What it does.</param>
    public static ProcessStartInfo Command(IReadOnlyList<string> prefix, string assembly, params string[] arguments)
    {
        string[] words = [.. prefix, System.Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", "exec", assembly, .. arguments];
        return new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
    }

    private static async Task StartAsync(string folder, string project)
    {
        var environment = System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
        using IEngine engine = await EngineConnection.ConnectAsync(EngineEndpoint.Resolve(environment), CancellationToken.None);
        var stacks = new StackEngine(engine, new NoImages());
        var loaded = ComposeLoader.Load(new ComposeRequest { WorkingDirectory = folder, ProjectName = project }, CancellationToken.None);
        StackPlan plan = await stacks.PlanStartAsync(loaded, new StartOptions(), CancellationToken.None);
        Console.WriteLine("planned");
        await stacks.ExecuteAsync(plan, new Events(), CancellationToken.None);
    }

    private sealed class Events : IEngineEvents
    {
        public void Report(EngineEvent engineEvent) => Console.WriteLine($"{engineEvent.Phase} {engineEvent.Resource}");
    }
}
