using System.Globalization;
using System.Text;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Inline secrets and configs of a service, which are not in host files, and its hooks.</summary>
internal static class InlineFiles
{
    private const int ReadableByAll = 0b100_100_100;

    /// <summary>The secrets and configs with content in the project.</summary>
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

    /// <summary>Checks the path, owner and mode that a service sets for a file.</summary>
    /// <param name="target">The path in the container.</param>
    /// <param name="use">The secret or config as the service uses it.</param>
    /// <returns>The problem; null if the file can be copied into a container.</returns>
    public static string? Fault(string target, FileReferenceDefinition use) =>
        target.Contains('\0', StringComparison.Ordinal) ? "the target contains a NUL character"
        : target.Trim('/').Length == 0 || target.EndsWith('/') || target.Split('/').Any(part => part is "." or "..") ? $"the target '{target}' is not a valid file path"
        : Owner(use.Uid) is null ? $"uid is '{use.Uid}', expected a number from 0 to {int.MaxValue}"
        : Owner(use.Gid) is null ? $"gid is '{use.Gid}', expected a number from 0 to {int.MaxValue}"
        : Permissions(use.Mode) is null ? $"mode is '{use.Mode}', expected an octal number from 0 to 07777"
        : null;

    private static ContainerFile File(string path, string content, FileReferenceDefinition use) => new(
        path,
        Encoding.UTF8.GetBytes(content),
        // An invalid value is a separate finding, which prevents executing the plan.
        Permissions(use.Mode) ?? ReadableByAll,
        Owner(use.Uid) ?? 0,
        Owner(use.Gid) ?? 0);

    private static int? Owner(string? text) =>
        string.IsNullOrEmpty(text) ? 0 : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : null;

    private static int? Permissions(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return ReadableByAll;
        }

        string digits = text.StartsWith("0o", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        return digits.Length is > 0 and <= 8 && digits.All(digit => digit is >= '0' and <= '7') && Convert.ToInt32(digits, 8) is var mode and <= 0b111_111_111_111 ? mode : null;
    }
}
