using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Environment;

/// <summary>Collects the variables of a project: those of the operating system, then those of env files. The operating system takes precedence.</summary>
public static class ProjectEnvironment
{
    private const string DisableVariable = "COMPOSE_DISABLE_ENV_FILE";
    private const string FilesVariable = "COMPOSE_ENV_FILES";
    private const string CurrentDirectory = "PWD";
    private const string DotEnv = ".env";

    /// <summary>Collects the variables.</summary>
    /// <param name="request">The request: its environment, and its env files, which replace the <c>.env</c> files.</param>
    /// <param name="directories">Absolute directories whose <c>.env</c> is read, in order; earlier ones take precedence.</param>
    /// <param name="token">Cancels the work.</param>
    /// <returns>The scope for interpolation.</returns>
    /// <exception cref="ComposeException">An env file is missing or not valid.</exception>
    public static VariableScope Resolve(ComposeRequest request, IReadOnlyList<string> directories, CancellationToken token)
    {
        var variables = new Dictionary<string, Variable>(request.Paths.NameComparer);
        foreach ((string name, string value) in request.Environment)
        {
            variables[name] = new Variable(value, VariableSource.Os);
        }

        // Shells set it; services, containers and Windows do not.
        variables.TryAdd(CurrentDirectory, new Variable(request.WorkingDirectory, VariableSource.Os));
        var scope = new VariableScope(variables);
        if (NamedFiles(request) is { Count: > 0 } files)
        {
            return Read(scope, files.Select(file => (Path.GetFullPath(WithHome(file, request), request.WorkingDirectory), file)), VariableSource.EnvFile, token);
        }

        if (IsDotEnvDisabled(scope))
        {
            return scope;
        }

        foreach (string directory in directories.Distinct(StringComparer.Ordinal))
        {
            string path = Path.Combine(directory, DotEnv);
            if (File.Exists(path))
            {
                scope = Read(scope, [(path, path)], VariableSource.DotEnv, token);
            }
        }

        return scope;
    }

    /// <summary>The env files of the request, or of the variable <c>COMPOSE_ENV_FILES</c>, as specified.</summary>
    /// <param name="request">The request.</param>
    public static IReadOnlyList<string> NamedFiles(ComposeRequest request) =>
        request.EnvFiles.Count > 0 ? request.EnvFiles
        : request.Environment.TryGetValue(FilesVariable, out string? files) && files.Length > 0 ? files.Split(',')
        : [];

    /// <summary>Adds the variables of env files (of an <c>include</c>) to a scope. Variables of the scope take precedence.</summary>
    /// <param name="scope">The scope so far.</param>
    /// <param name="envFiles">Absolute paths; later files override earlier ones.</param>
    /// <param name="token">Cancels the work.</param>
    /// <returns>The larger scope.</returns>
    /// <exception cref="ComposeException">An env file is missing or not valid.</exception>
    public static VariableScope Extend(VariableScope scope, IReadOnlyList<string> envFiles, CancellationToken token) =>
        Read(scope, envFiles.Select(file => (file, file)), VariableSource.EnvFile, token);

    private static VariableScope Read(
        VariableScope scope, IEnumerable<(string Path, string Shown)> files, VariableSource kind, CancellationToken token)
    {
        var values = new Dictionary<string, string>(scope.NameComparer);
        var variables = new Dictionary<string, Variable>(scope.NameComparer);
        foreach ((string path, string shown) in files)
        {
            EnvFileText source = EnvFileReader.Read(path, shown, isOptional: false, token);
            foreach (EnvFileEntry entry in new EnvFileParser(source, scope.Find, values).Parse(token))
            {
                var variable = new Variable(entry.Value, kind, shown, entry.Line);
                variables[entry.Name] = variables.TryGetValue(entry.Name, out Variable? weaker) ? variable.Over(weaker) : variable;
                values[entry.Name] = entry.Value;
            }
        }

        return scope.Before(variables);
    }

    private static string WithHome(string path, ComposeRequest request) =>
        path is "~" or ['~', '/', ..] or ['~', '\\', ..] && request.Paths.HomeOf(request.Environment) is { } home ? request.Paths.Join(home, path[1..]) : path;

    private static bool IsDotEnvDisabled(VariableScope scope)
    {
        if (!scope.TryGet(DisableVariable, out Variable? variable))
        {
            return false;
        }

        return variable.Value switch
        {
            "1" or "t" or "T" or "TRUE" or "true" or "True" => true,
            "0" or "f" or "F" or "FALSE" or "false" or "False" => false,
            _ => throw new ComposeException(
                ComposeErrorId.EnvFileInvalid,
                $"The variable {DisableVariable} must be true or false, found '{variable.Value}'.",
                $"Set {DisableVariable}=true to ignore .env, or unset it."),
        };
    }
}
