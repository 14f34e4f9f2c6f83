using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Engine.Planning;

/// <summary>
/// Plans missing bind sources: a directory is created as the current user, if the project allows it; a file is never created.
/// </summary>
/// <param name="scope">The shared state of the planning.</param>
internal sealed class BindSources(StartScope scope)
{
    private static readonly HashSet<string> FileNames = new(StringComparer.Ordinal)
    {
        ".env", ".htpasswd", ".netrc", ".npmrc", ".pgpass", "authorized_keys", "Caddyfile", "crontab", "Dockerfile", "fstab", "Gemfile", "group", "hostname", "hosts",
        "known_hosts", "Makefile", "passwd", "Procfile", "Rakefile", "shadow", "sudoers", "timezone", "Vagrantfile",
    };

    private static readonly HashSet<string> FileExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".cert", ".cfg", ".cnf", ".conf", ".config", ".crt", ".css", ".csv", ".env", ".htm", ".html", ".ini", ".js", ".json", ".key", ".log", ".lua", ".md", ".pem", ".php",
        ".pl", ".properties", ".ps1", ".pub", ".py", ".rb", ".sh", ".sock", ".sql", ".template", ".tmpl", ".toml", ".tpl", ".ts", ".txt", ".vcl", ".xml", ".yaml", ".yml",
    };

    /// <summary>Plans the missing sources of a service with a new container.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The steps that create directories.</returns>
    public IReadOnlyList<string> Plan(ServiceDefinition service)
    {
        if (scope.Engine.Endpoint.IsRemote)
        {
            FindLocalOnes(service);
        }

        if (scope.Observed.MissingPaths.Count == 0)
        {
            return [];
        }

        foreach ((string path, string what, Origin origin) in Files(service).Where(file => scope.Observed.MissingPaths.Contains(file.Path)))
        {
            AddMissing(service, path, $"the file of {what}", "Create the file.", origin);
        }

        List<string> made = [];
        foreach (MountDefinition mount in service.Volumes.Where(mount =>
            mount.Type == MountType.Bind && scope.Observed.MissingPaths.Contains(mount.Source ?? "")))
        {
            Origin origin = (mount.Node["source"] ?? mount.Node).Origin;
            if (!(mount.Bind?.CreateHostPath ?? true))
            {
                AddMissing(service, mount.Source!, "a bind source that must exist (create_host_path is false)", "Create the directory.", origin);
            }
            else if (IsMeantAsFile(mount))
            {
                AddMissing(service, mount.Source!, $"a file to be mounted as {mount.Target}", $"Create the file, or correct the source of the volume. If it is a directory, create it: mkdir -p {CommandWord.Quote(mount.Source!)}", origin);
            }
            else
            {
                made.Add(Make(service, mount.Source!, origin));
            }
        }

        return made;
    }

    /// <summary>Every path of the host that a service's containers mount.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <returns>Absolute paths.</returns>
    public static IEnumerable<string> PathsOf(ComposeProject project, ServiceDefinition service) => service.Volumes
        .Where(mount => mount.Type == MountType.Bind && !string.IsNullOrEmpty(mount.Source))
        .Select(mount => mount.Source!)
        .Concat(FilesOf(project, service).Select(file => file.Path));

    // The engine looks every path up on its own machine, and creates an empty directory for what it does not find. A path outside of the project, such as
    // /etc/localtime, means the same on both machines.
    private void FindLocalOnes(ServiceDefinition service)
    {
        IEnumerable<(string Path, string What, Origin Origin)> mounts = service.Volumes
            .Where(mount => mount.Type == MountType.Bind && mount.Bind?.CreateHostPath != false && !string.IsNullOrEmpty(mount.Source))
            .Select(mount => (mount.Source!, $"the bind mount {mount.Target}", (mount.Node["source"] ?? mount.Node).Origin));
        foreach ((string path, string what, Origin origin) in mounts.Concat(Files(service)).Where(source => scope.Project.Paths.IsAtOrBelow(source.Path, scope.Project.WorkingDirectory)))
        {
            scope.Draft.AddFinding(
                EngineErrorId.BindSourceRemote,
                $"Service '{service.Name}' uses '{path}' for {what}, but the engine {scope.Engine.Endpoint} is on another machine and would look it up there.",
                "Copy the data into the image or a volume, or set create_host_path: false if the path exists on that machine too.",
                service.Name,
                origin);
        }
    }

    private string Make(ServiceDefinition service, string path, Origin origin)
    {
        string id = "create directory " + path;
        if (scope.Draft.Has(id))
        {
            return id;
        }

        scope.Draft.Warn(new PlanWarning($"The bind source '{path}' does not exist; an empty directory is created.", service.Name, origin));
        return scope.Draft.Add(
            new CreateDirectoryOperation(path) { Id = id, Resource = ResourceId.Directory(path), Service = service.Name, Cause = "bind source does not exist" },
            []);
    }

    private void AddMissing(ServiceDefinition service, string path, string expected, string recommendation, Origin origin) => scope.Draft.AddFinding(
        EngineErrorId.BindSourceMissing,
        $"Service '{service.Name}' expects {expected}, but '{path}' does not exist.",
        recommendation,
        service.Name,
        origin);

    private IEnumerable<(string Path, string What, Origin Origin)> Files(ServiceDefinition service) => FilesOf(scope.Project, service);

    private static IEnumerable<(string Path, string What, Origin Origin)> FilesOf(ComposeProject project, ServiceDefinition service)
    {
        foreach (FileReferenceDefinition use in service.Secrets)
        {
            if (project.Secrets.GetValueOrDefault(use.Source ?? "") is { File: { Length: > 0 } file } secret)
            {
                yield return (file, $"secret '{secret.Key}'", (secret.Node["file"] ?? secret.Node).Origin);
            }
        }

        foreach (FileReferenceDefinition use in service.Configs)
        {
            if (project.Configs.GetValueOrDefault(use.Source ?? "") is { File: { Length: > 0 } file } config)
            {
                yield return (file, $"config '{config.Key}'", (config.Node["file"] ?? config.Node).Origin);
            }
        }
    }

    // Nothing exists at the source, so the target decides: ./nginx.conf:/etc/nginx/nginx.conf and ./Caddyfile:/etc/caddy/Caddyfile are files,
    // ./data:/data, ./conf.d:/etc/conf.d and ./shop.example:/srv/shop.example are directories.
    private static bool IsMeantAsFile(MountDefinition mount)
    {
        string name = Path.GetFileName((mount.Target ?? "").TrimEnd('/'));
        return FileNames.Contains(name) || FileExtensions.Contains(Path.GetExtension(name));
    }
}
