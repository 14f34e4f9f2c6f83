using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Loading;

/// <summary>The data that the phases of one load share: the request, the texts that were read (for errors) and the warnings.</summary>
/// <param name="request">The request.</param>
/// <param name="token">Cancels the load.</param>
internal sealed class LoadSession(ComposeRequest request, CancellationToken token)
{
    private readonly Dictionary<string, IReadOnlyList<YamlDocument>> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public ComposeRequest Request { get; } = request;

    public CancellationToken Token { get; } = token;

    public List<ComposeWarning> Warnings { get; } = [];

    /// <summary>The files of the models, in the order they were first read.</summary>
    public List<SourceFile> Sources { get; } = [];

    /// <summary>The variables of the project, even if the model is not interpolated.</summary>
    public VariableScope Variables { get; set; } = new(new Dictionary<string, Variable>());

    /// <summary>The models that were included so far.</summary>
    public IncludedModels Includes { get; } = new();

    public string? Home { get; } = request.Paths.HomeOf(request.Environment);

    /// <summary>Reads the documents of a file, once.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Its documents.</returns>
    public IReadOnlyList<YamlDocument> Documents(ComposeFile file)
    {
        Token.ThrowIfCancellationRequested();
        if (_documents.TryGetValue(file.Path, out IReadOnlyList<YamlDocument>? documents))
        {
            return documents;
        }

        string text = Request.Texts.GetValueOrDefault(file.Path) ?? ComposeFileReader.Read(file, Token);
        _texts[file.Display] = text;
        return _documents[file.Path] = YamlReader.Read(text, file.Display, Token);
    }

    /// <summary>Reads the documents of a file that belongs to a model, and keeps the file as a source.</summary>
    /// <param name="file">The file.</param>
    /// <param name="scope">The variables of the model.</param>
    /// <returns>Its documents.</returns>
    public IReadOnlyList<YamlDocument> Documents(ComposeFile file, VariableScope scope)
    {
        IReadOnlyList<YamlDocument> documents = Documents(file);
        if (!Sources.Exists(source => source.Path == file.Path))
        {
            VariableScope seen = Request.Interpolate ? scope : Variables.Before(scope.Variables);
            MappingNode[] roots = documents.Select(document => document.Root).OfType<MappingNode>().ToArray();
            Sources.Add(new SourceFile(file.Path, file.Display, _texts[file.Display], roots, seen));
        }

        return documents;
    }

    /// <summary>Creates a file that another file refers to.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <returns>The file, shown relative to the working directory if it is below it.</returns>
    public ComposeFile FileAt(string path)
    {
        bool isBelow = Request.Paths.IsAtOrBelow(path, Request.WorkingDirectory);
        return new ComposeFile(path, isBelow ? Request.Paths.Relative(Request.WorkingDirectory, path) : path);
    }

    /// <summary>Creates a file that another file refers to, on this machine or on another one.</summary>
    /// <param name="path">The path as written.</param>
    /// <param name="absolute">Makes a path of this machine absolute.</param>
    /// <param name="origin">The place of the reference.</param>
    /// <param name="place">The place in the model.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ComposeException">RemoteNotAllowed, RemoteNotPinned.</exception>
    public ComposeFile Referenced(string path, Func<string, string> absolute, Origin origin, string place) =>
        RemoteReference.Of(path) is not { } remote ? FileAt(absolute(path))
        : remote.IsPinned || Request.Remote is null ? Fetched(remote, origin, place)
        : throw ComposeException.At(
            ComposeErrorId.RemoteNotPinned,
            $"'{path}' can change at any time, because it does not name its content.",
            remote.IsGit ? "Pin it to a commit: #COMMIT, with all 40 digits of its id." : "Pin it to a digest: @sha256:DIGEST.",
            origin,
            place);

    /// <summary>Fetches a file from another machine.</summary>
    /// <param name="remote">The reference.</param>
    /// <param name="origin">The place of the reference; null if it is in the request.</param>
    /// <param name="place">The place in the model; null if it is in the request.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ComposeException">RemoteNotAllowed.</exception>
    public ComposeFile Fetched(RemoteReference remote, Origin? origin = null, string? place = null) => Request.Remote is { } files
        ? new ComposeFile(files.Fetch(remote, Token), remote.Text)
        : throw ComposeException.At(
            ComposeErrorId.RemoteNotAllowed,
            $"'{remote.Text}' is on another machine, and fetching Compose files from other machines was not allowed.",
            "Allow it if you trust the source, or use a file of this machine.",
            origin,
            place);

    /// <summary>Reads a file that another one refers to. If it is missing, the error shows the place of the reference.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="origin">The place of the reference.</param>
    /// <param name="path">The place in the model.</param>
    /// <param name="read">Reads it.</param>
    /// <returns>The result.</returns>
    public static T NamedAt<T>(Origin origin, string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ComposeException fault) when (fault is { Id: ComposeErrorId.ComposeFileNotFound, Line: 0 })
        {
            throw ComposeException.At(fault.Id, fault.Message, fault.Recommendation, origin, path, fault);
        }
    }

    /// <summary>Makes a path of the request absolute.</summary>
    /// <param name="path">The path, possibly relative to the working directory.</param>
    /// <returns>The absolute path.</returns>
    public string Absolute(string path) => Path.IsPathFullyQualified(path) ? path : Request.Paths.Full(Request.WorkingDirectory, path);

    /// <summary>Adds the line and the place in the model to an error, and masks the values of secret variables in its text.</summary>
    /// <param name="fault">The error.</param>
    /// <returns>The error with its place.</returns>
    public ComposeException Completed(ComposeException fault)
    {
        SecretMask secrets = KnownSecrets.MaskOf(Variables);
        (string message, string recommendation) = (secrets.HideValues(fault.Message), secrets.HideValues(fault.Recommendation));
        ComposeException placed = Placed(fault);
        string? path = placed.Path is null ? null : secrets.HideValues(placed.Path);
        string cause = fault.InnerException?.ToString() ?? "";
        return message == fault.Message && recommendation == fault.Recommendation && path == placed.Path && secrets.HideValues(cause) == cause
            ? placed
            : placed.Masked(message, recommendation, path);
    }

    private ComposeException Placed(ComposeException fault)
    {
        if (fault.LineText is not null || fault.Line < 1 || fault.File is null || !_texts.TryGetValue(fault.File, out string? text))
        {
            return fault;
        }

        string? line = text.Split('\n').ElementAtOrDefault(fault.Line - 1)?.TrimEnd('\r');
        return line is null ? fault : fault.WithPlace(line, fault.Path ?? PathOf(fault.File, fault.Line, fault.Column));
    }

    private string? PathOf(string file, int line, int column) =>
        Sources.FirstOrDefault(source => source.Display == file)?.Documents.Select(root => NodePlaces.PathOf(root, line, column)).FirstOrDefault(path => path is not null);
}
