using System.Text.Json;
using ComposeLab.Compose.Files;
using ComposeLab.Compose.Model;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Planning;

/// <summary>Creates the privileges of a container.</summary>
internal static class SecuritySpecs
{
    private const string OpenPaths = "systempaths=unconfined";
    private const string Seccomp = "seccomp";

    /// <summary>The privileges of the container.</summary>
    /// <param name="project">The project; paths of seccomp profiles are relative to its directory.</param>
    /// <param name="service">The service.</param>
    /// <returns>The privileges.</returns>
    /// <exception cref="EngineException">BindSourceMissing: a seccomp profile cannot be read.</exception>
    public static SecuritySpec Make(ComposeProject project, ServiceDefinition service)
    {
        bool isOpen = service.SecurityOpt.Contains(OpenPaths, StringComparer.Ordinal);
        return new SecuritySpec
        {
            Privileged = service.Privileged,
            ReadOnlyRoot = service.ReadOnly,
            CapAdd = service.CapAdd,
            CapDrop = service.CapDrop,
            Options = [.. service.SecurityOpt.Where(option => option != OpenPaths).Select(option => Option(project, service, option))],
            GroupAdd = service.GroupAdd,
            Sysctls = service.Sysctls,
            IpcMode = service.Ipc,
            PidMode = service.Pid,
            UtsMode = service.Uts,
            UserNamespaceMode = service.UserNsMode,
            CgroupNamespaceMode = service.Cgroup,
            Init = service.Init,
            MaskedPaths = isOpen ? [] : null,
            ReadOnlyPaths = isOpen ? [] : null,
        };
    }

    // The engine needs the profile itself, not the name of its file.
    private static string Option(ComposeProject project, ServiceDefinition service, string option)
    {
        string[] parts = option.Split(['=', ':'], 2);
        if (parts.Length < 2 || parts[0] != Seccomp || parts[1] is "unconfined" or "builtin")
        {
            return option;
        }

        string path = Path.Combine(project.WorkingDirectory, parts[1]);
        try
        {
            using JsonDocument profile = JsonDocument.Parse(BoundedFile.Read(path, CancellationToken.None));
            return $"{Seccomp}={JsonSerializer.Serialize(profile.RootElement)}";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EngineException(
                EngineErrorId.BindSourceMissing,
                $"Cannot read the seccomp profile '{path}' of service '{service.Name}': {fault.Message} ({service.Node["security_opt"]?.Origin})",
                "Correct the path under security_opt, or fix the profile.",
                fault)
            {
                Service = service.Name,
            };
        }
    }
}
