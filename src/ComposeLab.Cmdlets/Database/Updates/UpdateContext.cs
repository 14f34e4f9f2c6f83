using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Files;
using ComposeLab.Projects;

namespace ComposeLab.Database.Updates;

/// <summary>A project whose files are changed by an update or a rollback.</summary>
/// <param name="Session">The engine.</param>
/// <param name="Selection">How the user selected the project.</param>
/// <param name="Project">The project, as its files are now.</param>
/// <param name="Service">The database's service.</param>
/// <param name="Events">Receives what happens to containers.</param>
internal sealed record UpdateContext(EngineSession Session, ProjectSelection Selection, ComposeProject Project, ServiceDefinition Service, IEngineEvents Events)
{
    /// <summary>The engine.</summary>
    public IEngine Engine => Session.Engine;

    /// <summary>Reads the text of a file of the project.</summary>
    /// <param name="file">The file (absolute).</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The text, without a byte order mark.</returns>
    public string TextOf(string file, CancellationToken token) => Project.Sources.FirstOrDefault(source => source.Path == file)?.Text ?? TextFile.Read(file, token);

    /// <summary>Loads the project as it would be with other texts.</summary>
    /// <param name="texts">The texts of Compose files.</param>
    /// <param name="variables">The values of variables in env files.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The project.</returns>
    public ComposeProject Load(IReadOnlyDictionary<string, string> texts, IReadOnlyDictionary<string, string> variables, CancellationToken token)
    {
        ComposeRequest request = ProjectSelector.ToRequest(Selection);
        return ComposeLoader.Load(request with { Texts = texts, Environment = new Dictionary<string, string>([.. request.Environment.Where(pair => !variables.ContainsKey(pair.Key)), .. variables]) }, token);
    }

    /// <summary>Loads the project as its files are now.</summary>
    /// <param name="token">Cancels it.</param>
    /// <returns>The project.</returns>
    public ComposeProject Reload(CancellationToken token) => Load(new Dictionary<string, string>(), new Dictionary<string, string>(), token);

    /// <summary>Plans to start the service, without those it depends on.</summary>
    /// <param name="project">The project.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The plan.</returns>
    public Task<StackPlan> PlanAsync(ComposeProject project, CancellationToken token) =>
        Session.Stacks.PlanStartAsync(project, new StartOptions { Services = [Service.Name], NoDependencies = true }, token);

    /// <summary>Starts the service, and waits until it is ready.</summary>
    /// <param name="project">The project.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>Completes when it is ready.</returns>
    public async Task StartAsync(ComposeProject project, CancellationToken token) =>
        await Session.Stacks.ExecuteAsync(await PlanAsync(project, token).ConfigureAwait(false), Events, token).ConfigureAwait(false);

    /// <summary>Shortens the path of a file for messages and records.</summary>
    /// <param name="file">The file (absolute).</param>
    /// <returns>The path relative to the project folder.</returns>
    public string Relative(string file) => Path.GetRelativePath(Project.WorkingDirectory, file);

    /// <summary>Writes a command with the parameters of the project.</summary>
    /// <param name="command">The cmdlet with its own arguments.</param>
    /// <returns>The command.</returns>
    public string Command(string command) => new CommandText(Selection).Of(command);

    /// <summary>Creates the error for an update that failed.</summary>
    /// <param name="what">What failed, as the subject of a sentence.</param>
    /// <param name="fault">The error, with what could not be undone.</param>
    /// <returns>UpdateFailed.</returns>
    public LabException Failed(string what, UpdateFault fault)
    {
        string cause = fault.InnerException is EngineException or LabException ? fault.InnerException.Message : $"{fault.InnerException!.GetType().Name}: {fault.InnerException.Message}";
        string outcome = fault.Failures.Count == 0
            ? "Everything was undone: files, container and volume are as before."
            : $"Not everything could be undone: {string.Join("; ", fault.Failures.Select(failure => failure.Message))}";
        string log = Command($"Get-LabLog {CommandText.Quote(Service.Name)} -Tail 50");
        return new LabException(
            LabErrorId.UpdateFailed, $"{what} failed in the step '{Words(fault.Phase)}': {cause.TrimEnd('.')}. {outcome}",
            fault.Failures.Count == 0 ? $"Fix the reason and run the command again; {log} shows what the server reports" : $"{Command("Start-LabStack")} starts the service; {log} shows what it reports",
            Service.Name, fault.InnerException);
    }

    // HoldWrites becomes "hold writes".
    private static string Words(UpdatePhase phase) => string.Concat(phase.ToString().Select((sign, index) => char.IsUpper(sign) ? (index == 0 ? "" : " ") + char.ToLowerInvariant(sign) : sign.ToString()));
}
