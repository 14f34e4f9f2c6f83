using System.Text;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>What a service needs that no file of the host holds: inline secrets and configs, and its hooks.</summary>
internal static class InlineFiles
{
    private const int ReadableByAll = 0b100_100_100;

    /// <summary>The secrets and configs whose content the project holds.</summary>
    /// <param name="project">The project.</param>
    /// <param name="service">The service.</param>
    /// <returns>The files.</returns>
    public static IReadOnlyList<ContainerFile> Of(ComposeProject project, ServiceDefinition service)
    {
        List<ContainerFile> files = [];
        foreach (FileReferenceDefinition use in service.Secrets)
        {
            if (project.Secrets.GetValueOrDefault(use.Source ?? "")?.Content is { } content)
            {
                files.Add(File(MountSpecs.SecretTarget(use), content, use));
            }
        }

        foreach (FileReferenceDefinition use in service.Configs)
        {
            if (project.Configs.GetValueOrDefault(use.Source ?? "") is { } config && Content(project, config) is { } content)
            {
                files.Add(File(MountSpecs.ConfigTarget(use), content, use));
            }
        }

        return files;
    }

    /// <summary>The command of a hook.</summary>
    /// <param name="hook">The hook.</param>
    /// <returns>The command.</returns>
    public static ExecSpec Hook(HookDefinition hook) => new()
    {
        Command = hook.Command ?? [],
        User = hook.User,
        Privileged = hook.Privileged,
        WorkingDirectory = hook.WorkingDir,
        Environment = [.. hook.Environment.Select(pair => pair.Value is null ? pair.Key : $"{pair.Key}={pair.Value}")],
    };

    private static string? Content(ComposeProject project, ConfigDefinition config) =>
        config.Content ?? (config.Environment is { } variable ? project.Environment.GetValueOrDefault(variable) : null);

    private static ContainerFile File(string path, string content, FileReferenceDefinition use) => new(
        path,
        Encoding.UTF8.GetBytes(content),
        string.IsNullOrEmpty(use.Mode) ? ReadableByAll : Convert.ToInt32(use.Mode.Replace("0o", "", StringComparison.Ordinal), 8),
        int.TryParse(use.Uid, out int user) ? user : 0,
        int.TryParse(use.Gid, out int group) ? group : 0);
}
