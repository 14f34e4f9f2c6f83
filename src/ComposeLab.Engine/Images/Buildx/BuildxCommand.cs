using System.Globalization;
using ComposeLab.Compose.Secrets;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Images.Buildx;

/// <summary>A call of the docker-buildx plugin.</summary>
/// <param name="Arguments">The arguments; they contain no secret.</param>
/// <param name="Environment">The variables to set; a null value removes one. May contain secrets.</param>
/// <param name="Input">The standard input; null for none.</param>
internal sealed record BuildxCommand(IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string?> Environment, string? Input)
{
    private const string SecretVariable = "COMPOSELAB_BUILD_SECRET_";

    // These change the plugin itself, so a build argument of the same name is passed as an argument. None of them is a secret.
    private static readonly string[] Reserved = ["PATH", "HOME", "USERPROFILE", "TMPDIR", "TMP", "TEMP", "SSH_AUTH_SOCK", "NO_COLOR", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY",
        // Programs of Windows need these.
        "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "HOMEDRIVE", "HOMEPATH"];
    private static readonly string[] ReservedPrefixes = ["DOCKER_", "BUILDX_", "BUILDKIT_", "OTEL_", "SSL_", "XDG_", "GO", "LD_", "COMPOSELAB_"];

    /// <summary>Creates the call that builds an image.</summary>
    /// <param name="spec">What is built.</param>
    /// <param name="dockerfile">The Dockerfile instead of the one in the specification; null to use that.</param>
    /// <param name="imageIdFile">The file to which the plugin writes the image's id.</param>
    /// <param name="progress">The kind of progress: <c>rawjson</c> or <c>plain</c>.</param>
    /// <returns>The call.</returns>
    public static BuildxCommand Build(BuildSpec spec, string? dockerfile, string imageIdFile, string progress) => Of(
        spec, dockerfile, [$"--progress={progress}", "--iidfile", imageIdFile, .. Output(spec)]);

    /// <summary>Creates the call that checks a Dockerfile.</summary>
    /// <param name="spec">What would be built.</param>
    /// <param name="dockerfile">The Dockerfile instead of the one in the specification; null to use that.</param>
    /// <returns>The call; it writes JSON to standard output.</returns>
    public static BuildxCommand Check(BuildSpec spec, string? dockerfile) => Of(spec, dockerfile, ["--call=check,format=json", "--progress=rawjson"]);

    private static BuildxCommand Of(BuildSpec spec, string? dockerfile, IReadOnlyList<string> own)
    {
        var arguments = new List<string> { "build" };
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["NO_COLOR"] = "1" };
        arguments.AddRange(own);
        bool hasInput = dockerfile is null && spec.DockerfileInline is not null;
        Add("--file", [hasInput ? "-" : dockerfile ?? (spec.HasRemoteContext ? spec.Dockerfile : Path.Combine(spec.Context, spec.Dockerfile))]);
        Add("--tag", spec.Names);
        Add("--label", spec.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));
        AddBuildArguments(spec, arguments, environment);
        Add("--target", One(spec.Target));
        Add("--platform", One(spec.Buildx.Platforms.Count > 0 ? string.Join(',', spec.Buildx.Platforms) : spec.Platform));
        Add("--cache-from", spec.Buildx.CacheFrom);
        Add("--cache-to", spec.Buildx.CacheTo);
        Add("--no-cache-filter", spec.NoCacheStages);
        Add("--network", One(spec.Network));
        Add("--add-host", spec.ExtraHosts);
        Add("--shm-size", One(spec.ShmBytes?.ToString(CultureInfo.InvariantCulture)));
        Add("--ulimit", spec.Buildx.Ulimits);
        Add("--secret", spec.Buildx.Secrets.Select((secret, index) => Secret(secret, index, environment)));
        Add("--ssh", spec.Buildx.Ssh);
        Add("--build-context", Contexts(spec));
        Add("--allow", spec.Buildx.Entitlements);
        Add("--builder", One(spec.Buildx.Builder));
        arguments.AddRange(spec.NoCache ? ["--no-cache"] : []);
        arguments.AddRange(spec.Pull ? ["--pull"] : []);
        arguments.AddRange(spec.Buildx.Provenance is { } provenance ? [$"--provenance={provenance}"] : []);
        arguments.AddRange(spec.Buildx.Sbom is { } sbom ? [$"--sbom={sbom}"] : []);
        arguments.Add("--");
        arguments.Add(spec.Context);
        return new BuildxCommand(arguments, environment, hasInput ? spec.DockerfileInline : null);

        void Add(string option, IEnumerable<string> values) => arguments.AddRange(values.SelectMany(value => (string[])[option, value]));
    }

    private static string[] One(string? value) => value is null ? [] : [value];

    // A builder outside the engine cannot load an image of several platforms into it.
    private static IEnumerable<string> Output(BuildSpec spec) => spec.Buildx switch
    {
        { Platforms.Count: > 1, Push: true } => ["--output", "type=image,push=true"],
        { Platforms.Count: > 1 } => ["--output", "type=image,push=false"],
        _ => ["--load"],
    };

    // The arguments of a program can be read by every user of the machine, its environment only by its owner.
    private static void AddBuildArguments(BuildSpec spec, List<string> arguments, Dictionary<string, string?> environment)
    {
        foreach ((string name, string? value) in spec.Arguments.OrderBy(argument => argument.Key, StringComparer.Ordinal))
        {
            if (value is null)
            {
                continue;
            }

            bool isPlain = IsReserved(name) && !SecretMask.Standard.IsSecretName(name) && SecretMask.Standard.MaskText(value) == value;
            arguments.AddRange(["--build-arg", isPlain ? $"{name}={value}" : name]);
            if (!isPlain)
            {
                environment[name] = value;
            }
        }
    }

    private static bool IsReserved(string name) =>
        Reserved.Contains(name, StringComparer.OrdinalIgnoreCase) || ReservedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static string Secret(BuildxSecret secret, int index, Dictionary<string, string?> environment)
    {
        if (secret.File is { } file)
        {
            return $"{Field($"id={secret.Id}")},type=file,{Field($"src={file}")}";
        }

        string variable = SecretVariable + index.ToString(CultureInfo.InvariantCulture);
        environment[variable] = secret.Value ?? "";
        return $"{Field($"id={secret.Id}")},type=env,env={variable}";
    }

    // The option is a line of comma-separated values.
    private static string Field(string field) => field.AsSpan().IndexOfAny(",\"\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // The images of a local build are put into the text of the Dockerfile, which also old builders understand.
    private static IEnumerable<string> Contexts(BuildSpec spec) => spec.Buildx.Contexts
        .Concat(spec.HasRemoteContext ? spec.ContextImages.Select(image => KeyValuePair.Create(image.Key, ContextSource.Of(image.Value))) : [])
        .OrderBy(context => context.Key, StringComparer.Ordinal).Select(context => $"{context.Key}={context.Value}");
}

/// <summary>Passes the selected engine to programs that work like the docker client.</summary>
internal static class EndpointVariables
{
    /// <summary>Finds the variables of an endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <returns>The variables; a null value means that one must not be set.</returns>
    public static IReadOnlyDictionary<string, string?> Of(EngineEndpoint endpoint)
    {
        bool isContext = endpoint.Context is { } context && context != DockerContexts.DefaultName;
        bool isDefault = !isContext && endpoint.Source == "default";
        string address = endpoint.Address.OriginalString;
        string? folder = (endpoint.Tls?.CaFile ?? endpoint.Tls?.CertificateFile) is { } file ? Path.GetDirectoryName(file) : null;
        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["DOCKER_CONTEXT"] = isContext ? endpoint.Context : null,
            ["DOCKER_HOST"] = isContext || isDefault ? null : address.StartsWith("npipe:////", StringComparison.Ordinal) ? address : address.Replace("npipe://", "npipe:////", StringComparison.Ordinal),
            ["DOCKER_TLS"] = !isContext && endpoint.Tls is { Verify: false } ? "1" : null,
            ["DOCKER_TLS_VERIFY"] = !isContext && endpoint.Tls is { Verify: true } ? "1" : null,
            ["DOCKER_CERT_PATH"] = isContext ? null : folder,
        };
    }
}
