using System.Collections;
using System.Management.Automation;
using ComposeLab.Projects;

namespace ComposeLab.Completion;

/// <summary>Reads the selected project from a partly typed command.</summary>
internal static class CompletionSelection
{
    private const string CurrentLocation = "$ExecutionContext.SessionState.Path.CurrentFileSystemLocation.ProviderPath";

    /// <summary>Creates the selection. Variables are not replaced, because a missing one must not end the completion.</summary>
    /// <param name="bound">The parameters specified so far.</param>
    /// <returns>The selection.</returns>
    public static ProjectSelection From(IDictionary bound)
    {
        string location = ScriptBlock.Create(CurrentLocation).Invoke()[0].BaseObject.ToString()!;
        return new ProjectSelection
        {
            Profile = Text(bound["Profile"]) is { Length: > 0 } profile ? profile : null,
            BundledLab = bound.Contains("BundledLab"),
            Path = Text(bound["Path"] ?? bound["LiteralPath"]) is { } path ? Path.GetFullPath(path, location) : null,
            Files = Texts(bound["File"]),
            EnvFiles = Texts(bound["EnvFile"]),
            ProjectName = Text(bound["ProjectName"]),
            ComposeProfiles = Texts(bound["ComposeProfile"]),
            Context = Texts(bound["Context"]).FirstOrDefault(),
            Location = location,
            Environment = ProcessEnvironment.Read(),
            Interpolate = false,
        };
    }

    /// <summary>The specified services.</summary>
    /// <param name="bound">The parameters specified so far.</param>
    /// <returns>Their names, which may contain wildcards; empty if no service is specified.</returns>
    public static IReadOnlyList<string> ServicesOf(IDictionary bound) => Texts(bound["Service"]);

    private static string? Text(object? value) => Unwrap(value)?.ToString();

    private static IReadOnlyList<string> Texts(object? value) => Unwrap(value) switch
    {
        null => [],
        string one => [one],
        IEnumerable several => [.. several.Cast<object>().Select(Text).OfType<string>()],
        object other => [other.ToString() ?? ""],
    };

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
