using ComposeLab.Database.Logins;
using ComposeLab.Engine;
using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Execution;
using ComposeLab.Errors;
using ComposeLab.Files;

namespace ComposeLab.Database.Backups;

/// <summary>
/// The container where PostgreSQL's client programs run: that of the server if it has them in a fitting version, otherwise a short-lived one of another image, which
/// shares the network of the server. Nothing of it is left behind.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="container">The container.</param>
/// <param name="isHelper">Whether the container is removed at the end.</param>
/// <param name="programs">The programs.</param>
/// <param name="login">The login that they use.</param>
internal sealed class ClientContainer(IEngine engine, string container, bool isHelper, ClientPrograms programs, DatabaseLogin login) : IAsyncDisposable
{
    /// <summary>The programs.</summary>
    public ClientPrograms Programs => programs;

    /// <summary>The login that they use. Contains the password.</summary>
    public DatabaseLogin Login => login;

    /// <summary>Finds the programs.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="server">Name or id of the server's container, running.</param>
    /// <param name="login">The login.</param>
    /// <param name="oldest">The oldest major version that can be used.</param>
    /// <param name="names">The programs that are needed.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>The container; the caller disposes it.</returns>
    /// <exception cref="LabException">ProgramNotFound.</exception>
    public static async Task<ClientContainer> OpenAsync(
        IEngine engine, string server, DatabaseLogin login, int oldest, IReadOnlyCollection<string> names, CancellationToken token)
    {
        if (await FindAsync(engine, server, oldest, names, token).ConfigureAwait(false) is { } own)
        {
            return new ClientContainer(engine, server, isHelper: false, own, login);
        }

        var images = new List<(string, IReadOnlyList<string>)>();
        foreach (ImageSummary image in await engine.ListImagesAsync([], token).ConfigureAwait(false))
        {
            if (image.Names.FirstOrDefault(name => name.Contains("postgres", StringComparison.OrdinalIgnoreCase)) is { } name
                && await engine.InspectImageAsync(image.Id, token).ConfigureAwait(false) is { } details)
            {
                images.Add((name, details.Environment));
            }
        }

        foreach (string image in ClientPrograms.Images(images, oldest))
        {
            if (await StartAsync(engine, server, image, login, oldest, names, token).ConfigureAwait(false) is { } helper)
            {
                return helper;
            }
        }

        throw new LabException(
            LabErrorId.ProgramNotFound,
            $"{string.Join(" and ", names)} of PostgreSQL {oldest} or later were not found: neither in {server}, nor in another PostgreSQL image on the engine.",
            $"docker pull postgres:{oldest}-alpine",
            server);
    }

    /// <summary>Runs a program.</summary>
    /// <param name="spec">The command.</param>
    /// <param name="input">Its input, read to the end; null for none.</param>
    /// <param name="output">Receives its output. An exception that it throws ends the program.</param>
    /// <param name="messages">Receives its messages.</param>
    /// <param name="token">Cancels it: the program is stopped.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ExecSpec spec, Stream? input, Stream output, ClientMessages messages, CancellationToken token)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(token);
        var guarded = new GuardedStream(output, end);
        try
        {
            int code = input is null
                ? await ExecRunner.RunAsync(engine, container, spec, ReadOnlyMemory<byte>.Empty, guarded, messages, end.Token).ConfigureAwait(false)
                : await ExecRunner.RunAsync(engine, container, spec, input, guarded, messages, end.Token).ConfigureAwait(false);
            messages.End();
            if (code != 0)
            {
                // A program that was stopped reports errors too.
                token.ThrowIfCancellationRequested();
            }

            return code;
        }
        catch (OperationCanceledException) when (guarded.Fault is { } fault && !token.IsCancellationRequested)
        {
            throw new LabException(fault.Id, fault.Message, fault.Recommendation, fault.Target, fault);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (isHelper)
        {
            await TemporaryContainers.RemoveAsync(engine, container).ConfigureAwait(false);
        }
    }

    private static async Task<ClientContainer?> StartAsync(
        IEngine engine, string server, string image, DatabaseLogin login, int oldest, IReadOnlyCollection<string> names, CancellationToken token)
    {
        string name = $"composelab-client-{Guid.NewGuid():N}"[..30];
        var spec = new ContainerSpec
        {
            Name = name,
            Image = image,
            // It exits by itself, even if this process dies.
            Entrypoint = ["sleep"],
            Command = ["86400"],
            AutoRemove = true,
            Labels = new Dictionary<string, string> { ["composelab.client"] = server },
            NetworkMode = $"container:{server}",
            Security = new SecuritySpec { CapDrop = ["ALL"], Options = ["no-new-privileges"] },
        };
        ClientPrograms? programs = null;
        try
        {
            await TemporaryContainers.CreateAsync(engine, spec, token).ConfigureAwait(false);
            await engine.StartContainerAsync(name, token).ConfigureAwait(false);
            programs = await FindAsync(engine, name, oldest, names, token).ConfigureAwait(false);
            return programs is null ? null : new ClientContainer(engine, name, isHelper: true, programs, login);
        }
        catch (EngineException fault) when (fault.Id is not (EngineErrorId.EngineUnreachable or EngineErrorId.EngineTooOld or EngineErrorId.EngineTooNew))
        {
            // An image without these programs, or one that does not start: the next one is tried.
            return null;
        }
        finally
        {
            if (programs is null)
            {
                await TemporaryContainers.RemoveAsync(engine, name).ConfigureAwait(false);
            }
        }
    }

    private static async Task<ClientPrograms?> FindAsync(IEngine engine, string container, int oldest, IReadOnlyCollection<string> names, CancellationToken token)
    {
        try
        {
            ExecResult found = await ExecRunner.RunAsync(engine, container, ClientPrograms.Search, token).ConfigureAwait(false);
            return ClientPrograms.Select(found.Output, oldest, names);
        }
        catch (EngineException fault) when (fault.Id == EngineErrorId.ProgramNotFound)
        {
            return null;
        }
    }

    /// <summary>Ends the program when its output cannot be written.</summary>
    /// <param name="inner">Receives the output.</param>
    /// <param name="end">Canceled when writing fails.</param>
    private sealed class GuardedStream(Stream inner, CancellationTokenSource end) : WriteOnlyStream
    {
        public LabException? Fault { get; private set; }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            catch (LabException fault)
            {
                Fault = fault;
                await end.CancelAsync().ConfigureAwait(false);
                throw new OperationCanceledException(end.Token);
            }
        }
    }
}
