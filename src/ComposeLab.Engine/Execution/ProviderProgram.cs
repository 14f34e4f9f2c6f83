using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ComposeLab.Compose.Files;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Engine.Execution;

/// <summary>
/// Runs the program of a provider service. The protocol: <c>PROGRAM compose --project-name=NAME up|stop|down --OPTION=VALUE SERVICE</c> writes JSON messages, one per
/// line, with <c>type</c> (info, error, debug, setenv, rawsetenv) and <c>message</c>. <c>PROGRAM compose metadata</c> describes the options that it accepts.
/// </summary>
/// <param name="project">The project; its variables are the environment of the program.</param>
/// <param name="service">The provider service.</param>
internal sealed class ProviderProgram(ComposeProject project, ServiceDefinition service)
{
    private const int LongestLine = 1024 * 1024;
    private const int ShownErrorLines = 10;
    private static readonly TimeSpan MetadataLimit = TimeSpan.FromSeconds(10);

    // Creating a cloud resource can take long; a program that hangs must end some time.
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    private string Type => service.Provider?.Type ?? "";

    /// <summary>Runs the program.</summary>
    /// <param name="command">What it does.</param>
    /// <param name="events">Receives its messages.</param>
    /// <param name="token">Cancels it: the program is ended.</param>
    /// <returns>The variables for the services that depend on this one; null if the program does not support the command.</returns>
    /// <exception cref="EngineException">ProviderNotFound, ProviderFailed.</exception>
    public async Task<ProvidedVariables?> RunAsync(ProviderCommand command, IEngineEvents events, CancellationToken token)
    {
        string program = Located();
        ProviderMetadata metadata = await ReadMetadataAsync(program, token).ConfigureAwait(false);
        if (command == ProviderCommand.Stop && !metadata.Commands.ContainsKey("stop"))
        {
            return null;
        }

        string word = command.ToString().ToLowerInvariant();
        var prefixed = new Dictionary<string, string>(StringComparer.Ordinal);
        var raw = new Dictionary<string, string>(StringComparer.Ordinal);
        (int code, string errors) = await RunAsync(program, Arguments(word, metadata), Handle, Limit, token).ConfigureAwait(false);
        return code == 0
            ? new ProvidedVariables(prefixed, raw)
            : throw Failed($"{Type} {word} exited with code {code}{(errors.Length == 0 ? "" : $": {errors}")}");

        void Handle(string line)
        {
            (string type, string message) = Message(line);
            switch (type)
            {
                case "error":
                    throw Failed(message);
                case "setenv":
                    Set(prefixed, message);
                    break;
                case "rawsetenv":
                    Set(raw, message);
                    break;
                case "info":
                    events.Report(new EngineEvent
                    {
                        Resource = ResourceId.Service(service.Name),
                        Phase = EventPhase.Working,
                        Status = message.Split('\n')[0],
                        Service = service.Name,
                    });
                    break;
                case "debug":
                    break;
                default:
                    throw Failed($"its message has the unknown type '{type}'");
            }
        }
    }

    private (string Type, string Message) Message(string line)
    {
        try
        {
            using JsonDocument message = JsonDocument.Parse(line);
            return (message.RootElement.GetProperty("type").GetString() ?? "", message.RootElement.GetProperty("message").GetString() ?? "");
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The line may contain a secret, so it is not shown.
            throw Failed("a line of its output is not a JSON message with type and message");
        }
    }

    private void Set(Dictionary<string, string> variables, string message)
    {
        int equal = message.IndexOf('=', StringComparison.Ordinal);
        if (equal < 1)
        {
            throw Failed("it sets a variable without a name or without a value");
        }

        variables[message[..equal]] = message[(equal + 1)..];
    }

    private IReadOnlyList<string> Arguments(string word, ProviderMetadata metadata)
    {
        IReadOnlyDictionary<string, bool>? known = metadata.IsEmpty ? null : metadata.Commands.GetValueOrDefault(word, new Dictionary<string, bool>());
        IReadOnlyDictionary<string, IReadOnlyList<string>> options = service.Provider!.Options;
        if (known?.Where(parameter => parameter.Value && !options.ContainsKey(parameter.Key)).Select(parameter => parameter.Key).FirstOrDefault() is { } missing)
        {
            throw Failed($"it requires the option '{missing}'");
        }

        return
        [
            "compose",
            $"--project-name={project.Name}",
            word,
            .. options.Where(option => known?.ContainsKey(option.Key) != false).SelectMany(option => option.Value.Select(value => $"--{option.Key}={value}")),
            service.Name,
        ];
    }

    private async Task<ProviderMetadata> ReadMetadataAsync(string program, CancellationToken token)
    {
        var text = new StringBuilder();
        try
        {
            (int code, _) = await RunAsync(program, ["compose", "metadata"], line => text.Append(line).Append('\n'), MetadataLimit, token).ConfigureAwait(false);
            return code == 0 ? ProviderMetadata.Read(text.ToString()) : ProviderMetadata.None;
        }
        catch (EngineException fault) when (fault.Id == EngineErrorId.ProviderFailed)
        {
            // Metadata is optional.
            return ProviderMetadata.None;
        }
    }

    private async Task<(int Code, string Errors)> RunAsync(string program, IReadOnlyList<string> arguments, Action<string> handle, TimeSpan longest, CancellationToken token)
    {
        ProcessStartInfo start = InstalledProgram.Redirected(program, arguments);
        start.WorkingDirectory = project.WorkingDirectory;
        foreach ((string variable, string value) in project.Environment)
        {
            start.Environment[variable] = value;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(longest);
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Exception fault) when (fault is Win32Exception or IOException)
        {
            throw Failed($"{program} cannot be run: {fault.Message}");
        }

        try
        {
            process.StandardInput.Close();
            Task<string> errors = LastLinesAsync(process.StandardError, limit.Token);
            while (await process.StandardOutput.ReadLineAsync(limit.Token).ConfigureAwait(false) is { } line)
            {
                if (line.Length > LongestLine)
                {
                    throw Failed("a line of its output is too long");
                }

                if (!string.IsNullOrWhiteSpace(line))
                {
                    handle(line);
                }
            }

            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return (process.ExitCode, await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw Failed($"it did not end within {longest.TotalSeconds:0} seconds");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task<string> LastLinesAsync(StreamReader reader, CancellationToken token)
    {
        var lines = new Queue<string>();
        while (await reader.ReadLineAsync(token).ConfigureAwait(false) is { } line)
        {
            lines.Enqueue(line);
            if (lines.Count > ShownErrorLines)
            {
                lines.Dequeue();
            }
        }

        return string.Join('\n', lines).Trim();
    }

    // A plugin of the docker client comes first. Names with a separator would run a file of the project.
    private string Located()
    {
        if (Type.Length == 0 || Type == "compose" || Type.AsSpan().IndexOfAny('/', '\\', ':') >= 0)
        {
            throw NotFound($"'{Type}' is not the name of a provider program.");
        }

        return DockerPlugins.Places(Type, project.Environment).Concat(InstalledProgram.Places(Type, project.Environment, HostPaths.Current)).FirstOrDefault(File.Exists)
            ?? throw NotFound($"The provider program '{Type}' does not exist.");
    }

    private EngineException NotFound(string message) => new(
        EngineErrorId.ProviderNotFound, $"{message} Service '{service.Name}' needs it.", $"Install {(Type.Length == 0 ? "it" : Type)} in a folder of PATH, or correct provider.type")
    {
        Service = service.Name,
    };

    private EngineException Failed(string why) => new(
        EngineErrorId.ProviderFailed, $"The provider program '{Type}' of service '{service.Name}' failed: {why}.", "Fix the problem that the program reports")
    {
        Service = service.Name,
    };
}

/// <summary>What a provider program says about its options.</summary>
/// <param name="Commands">The options of each command; the value says whether one is required.</param>
/// <param name="IsEmpty">Whether the program says nothing: then all options are passed to it.</param>
internal sealed record ProviderMetadata(IReadOnlyDictionary<string, IReadOnlyDictionary<string, bool>> Commands, bool IsEmpty)
{
    /// <summary>A program that says nothing.</summary>
    public static readonly ProviderMetadata None = new(new Dictionary<string, IReadOnlyDictionary<string, bool>>(), true);

    /// <summary>Reads the description.</summary>
    /// <param name="json">The output of the program.</param>
    /// <returns>The description; <see cref="None"/> if it is not valid.</returns>
    public static ProviderMetadata Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            var commands = new Dictionary<string, IReadOnlyDictionary<string, bool>>(StringComparer.Ordinal);
            bool isEmpty = !(document.RootElement.TryGetProperty("description", out JsonElement description) && description.GetString() is { Length: > 0 });
            foreach (string name in (string[])["up", "down", "stop"])
            {
                if (!document.RootElement.TryGetProperty(name, out JsonElement command) || command.ValueKind != JsonValueKind.Object)
                {
                    continue;
                }

                bool hasParameters = command.TryGetProperty("parameters", out JsonElement parameters) && parameters.ValueKind == JsonValueKind.Array;
                isEmpty &= !hasParameters || name == "stop";
                commands[name] = hasParameters
                    ? parameters.EnumerateArray().ToDictionary(
                        parameter => parameter.GetProperty("name").GetString() ?? "",
                        parameter => parameter.TryGetProperty("required", out JsonElement required) && required.ValueKind == JsonValueKind.True,
                        StringComparer.Ordinal)
                    : new Dictionary<string, bool>();
            }

            return new ProviderMetadata(commands, isEmpty);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            return None;
        }
    }
}

/// <summary>Collects the variables of the providers that run in a start.</summary>
internal sealed class ProviderResults
{
    private readonly Dictionary<string, ProvidedVariables> _variables = new(StringComparer.Ordinal);

    /// <summary>Runs the program of a provider service.</summary>
    /// <param name="operation">The step.</param>
    /// <param name="events">Receives its messages.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when the program has ended.</returns>
    /// <exception cref="EngineException">ProviderNotFound, ProviderFailed.</exception>
    public async Task RunAsync(ProviderOperation operation, IEngineEvents events, CancellationToken token)
    {
        ComposeProject project;
        lock (_variables)
        {
            (project, _) = ProvidedVariables.Apply(operation.Project, _variables);
        }

        ProvidedVariables? provided = await new ProviderProgram(project, operation.Definition).RunAsync(operation.Command, events, token).ConfigureAwait(false);
        if (provided is not null && operation.Command == ProviderCommand.Up)
        {
            lock (_variables)
            {
                _variables[operation.Definition.Name] = provided;
            }
        }
    }

    /// <summary>Sets the collected variables in a project.</summary>
    /// <param name="request">The request whose project is changed.</param>
    /// <param name="events">Receives a warning for each value of the project that a provider replaces.</param>
    /// <returns>The request with the changed project.</returns>
    public StartRequest Apply(StartRequest request, IEngineEvents events)
    {
        (ComposeProject project, IReadOnlyList<ReplacedVariable> replaced) = ProvidedVariables.Apply(request.Definition, _variables);
        foreach (ReplacedVariable variable in replaced)
        {
            events.Report(new EngineEvent
            {
                Resource = ResourceId.Service(variable.Service),
                Phase = EventPhase.Warning,
                Status = $"provider '{variable.Provider}' overrides the variable {variable.Variable} of the service",
                Service = variable.Service,
            });
        }

        return request with { Definition = project };
    }
}
