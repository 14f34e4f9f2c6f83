using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ComposeLab.Compose.Databases;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Probing;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Planning;
using ComposeLab.Engines;
using ComposeLab.Projects;
using ComposeLab.Stacks;

namespace ComposeLab.Completion;

/// <summary>
/// The base class of the completers. They read the files first and query the engine second, offer what they have found when the time is up, ignore every error (a
/// prompt is not the place for errors), and quote values if necessary.
/// </summary>
public abstract class LabCompleter : IArgumentCompleter
{
    // Users do not notice this wait. Answers of the engine that arrive later are not offered. PowerShell itself needs the rest of the 200 ms.
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(170);

    // Files are read in a few milliseconds. Only the first completion of a session on a slow machine takes longer, and an answer is better than a second Tab.
    private static readonly TimeSpan FilesLimit = TimeSpan.FromSeconds(1);

    /// <summary>Completes one argument.</summary>
    /// <param name="commandName">The cmdlet.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">What is typed so far, possibly with an opening quote.</param>
    /// <param name="commandAst">The command as parsed.</param>
    /// <param name="fakeBoundParameters">The parameters typed so far.</param>
    /// <returns>The matches, quoted if necessary; empty if there are none.</returns>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            string typed = (wordToComplete ?? "").Trim('\'', '"');
            ProjectSelection selection = CompletionSelection.From(fakeBoundParameters);
            IReadOnlyList<string> services = CompletionSelection.ServicesOf(fakeBoundParameters);
            var found = new CompletionCandidates();
            using var deadline = new CancellationTokenSource(Limit);
            // A separate thread: with a busy thread pool, the time would be up before the work starts.
            Task files = Task.Factory.StartNew(() => FindInFiles(selection, services, found), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Task engine = Task.Run(() => FindOnEngineAsync(files, selection, services, found, deadline.Token), CancellationToken.None);
            engine.Wait(Limit);
            files.Wait(FilesLimit);
            return [.. found.SoFar().Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(Result)];
        }
        catch (Exception)
        {
            return [];
        }
    }

    /// <summary>Whether the engine is queried too.</summary>
    /// <param name="found">Whether the files provided candidates.</param>
    /// <returns>True if the engine is queried.</returns>
    private protected virtual bool AsksEngine(bool found) => false;

    /// <summary>Finds candidates in the files.</summary>
    /// <param name="selection">The project, from the parameters typed so far.</param>
    /// <param name="services">The services typed so far.</param>
    /// <param name="token">Canceled when the result is no longer needed.</param>
    /// <returns>The candidates in the order to offer them.</returns>
    private protected abstract IEnumerable<string> FromFiles(ProjectSelection selection, IReadOnlyList<string> services, CancellationToken token);

    /// <summary>Finds candidates on the engine.</summary>
    /// <param name="session">The engine.</param>
    /// <param name="selection">The project, from the parameters typed so far.</param>
    /// <param name="services">The services typed so far.</param>
    /// <param name="found">Receives the candidates when they are found, in display order.</param>
    /// <param name="token">Canceled when the result is no longer needed.</param>
    /// <returns>Completes when the engine has no more candidates.</returns>
    private protected virtual Task FromEngineAsync(EngineSession session, ProjectSelection selection, IReadOnlyList<string> services, CompletionCandidates found, CancellationToken token) =>
        Task.CompletedTask;

    private void FindInFiles(ProjectSelection selection, IReadOnlyList<string> services, CompletionCandidates found)
    {
        try
        {
            using var limit = new CancellationTokenSource(FilesLimit);
            found.Add(FromFiles(selection, services, limit.Token));
        }
        catch (Exception)
        {
            // Files that cannot be read provide no candidates; the engine may.
        }
    }

    private async Task FindOnEngineAsync(Task files, ProjectSelection selection, IReadOnlyList<string> services, CompletionCandidates found, CancellationToken token)
    {
        try
        {
            await files.WaitAsync(token).ConfigureAwait(false);
            if (AsksEngine(found.SoFar().Count > 0))
            {
                using EngineSession session = await EngineSession.OpenAsync(selection, token).ConfigureAwait(false);
                await FromEngineAsync(session, selection, services, found, token).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // An engine that does not answer in time provides no candidates.
        }
    }

    private static CompletionResult Result(string name)
    {
        // A leading @, # or - would not be read as a word.
        bool plain = name.Length > 0 && char.IsLetterOrDigit(name[0]) && name.All(static c => char.IsLetterOrDigit(c) || "-_./".Contains(c, StringComparison.Ordinal));
        return new CompletionResult(plain ? name : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'", name, CompletionResultType.ParameterValue, name);
    }
}

/// <summary>Offers the Compose profiles of the project's services.</summary>
public sealed class ComposeProfileCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, IReadOnlyList<string> services, CancellationToken token) =>
        ComposeLoader.Load(ProjectSelector.ToRequest(selection) with { ComposeProfiles = ["*"] }, token)
            .Services.Values.SelectMany(service => service.Profiles).Order(StringComparer.Ordinal);
}

/// <summary>Offers the docker contexts.</summary>
public sealed class ContextCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, IReadOnlyList<string> services, CancellationToken token) =>
        [DockerContexts.DefaultName, .. new DockerContexts(selection.Environment).Names];
}

/// <summary>Offers the lab profiles of the project: its overlay files.</summary>
public sealed class LabProfileCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, IReadOnlyList<string> services, CancellationToken token) =>
        LabProfiles.Of(ProjectSelector.BaseFileOf(selection)).Keys;
}

/// <summary>Offers the project name in the files, and the stacks on the engine.</summary>
public sealed class ProjectNameCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override bool AsksEngine(bool found) => true;

    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, IReadOnlyList<string> services, CancellationToken token) =>
        [ProjectLoading.NameOf(selection with { ProjectName = null }, token)];

    /// <inheritdoc/>
    private protected override async Task FromEngineAsync(EngineSession session, ProjectSelection selection, IReadOnlyList<string> services, CompletionCandidates found, CancellationToken token) =>
        found.Add((await session.Stacks.ListStacksAsync(token).ConfigureAwait(false)).Select(stack => stack.Name));
}

/// <summary>Offers the nodes of the swarm.</summary>
public sealed class NodeCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override bool AsksEngine(bool found) => true;

    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, IReadOnlyList<string> services, CancellationToken token) => [];

    /// <inheritdoc/>
    private protected override async Task FromEngineAsync(EngineSession session, ProjectSelection selection, IReadOnlyList<string> services, CompletionCandidates found, CancellationToken token) =>
        found.Add((await session.Engine.ListNodesAsync(token).ConfigureAwait(false)).Select(node => node.Name).Order(StringComparer.Ordinal));
}

/// <summary>Offers the names of the rules.</summary>
public sealed class RuleCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, IReadOnlyList<string> services, CancellationToken token) =>
        [.. RuleCatalog.All.Select(rule => rule.Id).Order(StringComparer.Ordinal)];
}

/// <summary>
/// Offers the services of the project, including those of disabled Compose profiles. Without files, it offers the services of the stack on the engine.
/// </summary>
public sealed class ServiceCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, IReadOnlyList<string> services, CancellationToken token)
    {
        if (selection.IsBundledLab && selection.ProjectName is not null)
        {
            // A stack name without a path most likely means a stack other than the lab.
            return [];
        }

        ComposeProject project = ComposeLoader.Load(ProjectSelector.ToRequest(selection), token);
        return project.Services.Keys.Concat(project.DisabledServices.Keys);
    }

    /// <inheritdoc/>
    private protected override bool AsksEngine(bool found) => !found;

    /// <inheritdoc/>
    private protected override async Task FromEngineAsync(EngineSession session, ProjectSelection selection, IReadOnlyList<string> services, CompletionCandidates found, CancellationToken token)
    {
        string project = ProjectLoading.NameOf(selection, token);
        found.Add((await session.Stacks.ListServicesAsync(project, token).ConfigureAwait(false)).Select(container => container.Service));
    }
}

/// <summary>Completes volumes: their keys in the files, and their names on the engine.</summary>
public sealed class VolumeCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override bool AsksEngine(bool found) => true;

    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, IReadOnlyList<string> services, CancellationToken token) =>
        ComposeLoader.Load(ProjectSelector.ToRequest(selection), token).Volumes.Keys;

    /// <inheritdoc/>
    private protected override async Task FromEngineAsync(EngineSession session, ProjectSelection selection, IReadOnlyList<string> services, CompletionCandidates found, CancellationToken token)
    {
        string project = ProjectLoading.NameOf(selection, token);
        IReadOnlyList<VolumeSummary> volumes = await session.Engine.ListVolumesAsync([], token).ConfigureAwait(false);
        found.Add(StackResources.Volumes(project, volumes, await session.Engine.ListContainersAsync([], token).ConfigureAwait(false)).Select(volume => volume.Name));
    }
}

/// <summary>Completes containers of the stack: those of the specified services, or all.</summary>
public sealed class ContainerCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override bool AsksEngine(bool found) => true;

    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, IReadOnlyList<string> services, CancellationToken token) => [];

    /// <inheritdoc/>
    private protected override async Task FromEngineAsync(EngineSession session, ProjectSelection selection, IReadOnlyList<string> services, CompletionCandidates found, CancellationToken token)
    {
        string project = ProjectLoading.NameOf(selection, token);
        WildcardPattern[] wanted = [.. services.Select(service => new WildcardPattern(service))];
        found.Add((await session.Stacks.ListServicesAsync(project, token).ConfigureAwait(false))
            .Where(container => wanted.Length == 0 || wanted.Any(service => service.IsMatch(container.Service)))
            .Select(container => container.Name));
    }
}

/// <summary>Completes databases: those in the files, and those that the server on the engine reports in time.</summary>
public sealed class DatabaseCompleter : LabCompleter
{
    /// <inheritdoc/>
    private protected override bool AsksEngine(bool found) => true;

    /// <inheritdoc/>
    private protected override IEnumerable<string> FromFiles(ProjectSelection selection, IReadOnlyList<string> services, CancellationToken token)
    {
        ComposeProject project = ComposeLoader.Load(ProjectSelector.ToRequest(selection), token);
        ProjectDatabases databases = DatabaseServices.Of(project);
        IEnumerable<string> own = Servers(project, services).Select(server => ServerSettings.Own(server, ContainerVariables.Of(project, server)).Database);
        IEnumerable<string> used = project.Services.Values.SelectMany(client => databases.ClientsOf(client).Logins).Select(login => login.Database).OfType<string>();
        // A name that a variable gives is not known here; the engine knows it.
        return own.Concat(used).Append("postgres").Where(name => !name.Contains('$', StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    private protected override async Task FromEngineAsync(EngineSession session, ProjectSelection selection, IReadOnlyList<string> services, CompletionCandidates found, CancellationToken token)
    {
        ComposeProject project = ComposeLoader.Load(ProjectSelector.ToRequest(selection), token);
        string name = ProjectLoading.NameOf(selection, token);
        ServiceDefinition[] servers = [.. Servers(project, services)];
        foreach (ObservedContainer container in (await session.Stacks.ListServicesAsync(name, token).ConfigureAwait(false)).Where(container => container.IsRunning))
        {
            if (servers.FirstOrDefault(server => server.Name == container.Service) is { } server
                && await session.Engine.InspectContainerAsync(container.Id, token).ConfigureAwait(false) is { } details)
            {
                DatabaseLogin own = ServerSettings.Own(server, ContainerVariables.Of(details, project, server));
                found.Add([own.Database]);
                found.Add((await ServerFacts.AskAsync(session.Engine, container.Name, own, token).ConfigureAwait(false))?.Databases.Select(database => database.Name) ?? []);
            }
        }
    }

    private static IEnumerable<ServiceDefinition> Servers(ComposeProject project, IReadOnlyList<string> services) =>
        DatabaseServices.Of(project).Servers.Where(server => services.Count == 0 || services.Contains(server.Name, StringComparer.Ordinal));
}

/// <summary>The candidates, collected by one thread and read by another one that does not wait for the end.</summary>
internal sealed class CompletionCandidates
{
    private readonly object _gate = new();
    private readonly List<string> _names = [];

    /// <summary>Adds names; existing ones are skipped.</summary>
    /// <param name="names">In the order to offer them.</param>
    public void Add(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            lock (_gate)
            {
                if (!_names.Contains(name, StringComparer.Ordinal))
                {
                    _names.Add(name);
                }
            }
        }
    }

    /// <summary>The candidates found so far.</summary>
    /// <returns>A copy, in the order to offer it.</returns>
    public IReadOnlyList<string> SoFar()
    {
        lock (_gate)
        {
            return [.. _names];
        }
    }
}
