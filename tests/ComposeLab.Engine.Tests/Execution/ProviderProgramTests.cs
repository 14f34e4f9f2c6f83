using System.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Execution;

/// <summary>Runs provider programs: shell scripts in a folder of PATH.</summary>
public sealed class ProviderProgramTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composelab-provider-");
    private readonly RecordedEvents _events = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Its_messages_become_variables_and_progress()
    {
        Write("""
            echo '{"type":"info","message":"creating"}'
            echo '{"type":"debug","message":"x"}'
            echo
            echo '{"type":"setenv","message":"URL=https://cloud/a=b"}'
            echo '{"type":"rawsetenv","message":"REGION=eu"}'
            """);

        ProvidedVariables? provided = await RunAsync(ProviderCommand.Up);

        Assert.Equal("https://cloud/a=b", provided!.Prefixed["URL"]);
        Assert.Equal("eu", provided.Raw["REGION"]);
        Assert.Contains(_events.All, happened => happened.Status == "creating");
    }

    [Fact]
    public async Task It_gets_the_project_the_command_and_all_options_if_it_describes_none()
    {
        Write("""echo "$@" > arguments""");

        await RunAsync(ProviderCommand.Down);

        Assert.Equal("compose --project-name=lab down --size=1 --tag=a --tag=b database\n", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "arguments")));
    }

    [Fact]
    public async Task It_gets_only_the_options_that_it_describes()
    {
        Write("""
            [ "$2" = metadata ] && { echo '{"description":"d","up":{"parameters":[{"name":"size","required":true}]},"down":{"parameters":[]}}'; exit; }
            echo "$@" > arguments
            """);

        await RunAsync(ProviderCommand.Up);

        Assert.Equal("compose --project-name=lab up --size=1 database\n", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "arguments")));
    }

    [Fact]
    public async Task It_is_stopped_only_if_it_supports_that()
    {
        Write("touch ran");
        Assert.Null(await RunAsync(ProviderCommand.Stop));

        Write("""
            [ "$2" = metadata ] && { echo '{"stop":{}}'; exit; }
            touch stopped
            """);
        Assert.NotNull(await RunAsync(ProviderCommand.Stop));
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "stopped")));
    }

    [Theory]
    [InlineData("""echo '{"type":"error","message":"no quota"}'""", "no quota")]
    [InlineData("echo broken >&2; exit 3", "exited with code 3: broken")]
    [InlineData("echo plain-text", "not a JSON message")]
    [InlineData("""echo '{"type":"setenv","message":"novalue"}'""", "without a value")]
    [InlineData("""echo '{"type":"else","message":"x"}'""", "unknown type 'else'")]
    [InlineData("""[ "$2" = metadata ] && echo '{"description":"d","up":{"parameters":[{"name":"zone","required":true}]}}'""", "requires the option 'zone'")]
    public async Task A_failure_is_reported_with_its_reason(string script, string reason)
    {
        Write(script);

        var fault = await Assert.ThrowsAsync<EngineException>(() => RunAsync(ProviderCommand.Up));

        Assert.Equal((EngineErrorId.ProviderFailed, "database"), (fault.Id, fault.Service));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nosuch")]
    [InlineData("./cloud")]
    [InlineData("../cloud")]
    [InlineData("compose")]
    public async Task A_program_must_be_in_a_folder_of_PATH(string type)
    {
        Write("touch ran");

        Assert.Equal(EngineErrorId.ProviderNotFound, (await Assert.ThrowsAsync<EngineException>(() => RunAsync(ProviderCommand.Up, type))).Id);
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "ran")));
    }

    [Fact]
    public async Task A_canceled_program_is_ended_with_its_children()
    {
        Write("""
            [ "$2" = metadata ] && exit
            sleep 60 &
            echo $! > child
            echo '{"type":"info","message":"waiting"}'
            wait
            """);
        using var stop = new CancellationTokenSource();
        var events = new WatchedEvents(happened => happened.Status == "waiting", stop.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Program("cloud").RunAsync(ProviderCommand.Up, events, stop.Token).WaitAsync(TimeSpan.FromSeconds(20)));

        int child = int.Parse((await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "child"))).Trim(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(HasEnded(child));
    }

    private static bool HasEnded(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return process.WaitForExit(TimeSpan.FromSeconds(10));
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private Task<ProvidedVariables?> RunAsync(ProviderCommand command, string type = "cloud") => Program(type).RunAsync(command, _events, CancellationToken.None);

    private ProviderProgram Program(string type)
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = _folder.FullName + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
            ["DOCKER_CONFIG"] = _folder.FullName,
        };
        ComposeProject project = Projects.LoadFrom(
            _folder.FullName, $"services: {{ database: {{ provider: {{ type: {type}, options: {{ size: 1, tag: [a, b] }} }} }} }}", environment, "lab");
        return new ProviderProgram(project, project.Services["database"]);
    }

    private void Write(string script)
    {
        string file = Path.Combine(_folder.FullName, "cloud");
        File.WriteAllText(file, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
