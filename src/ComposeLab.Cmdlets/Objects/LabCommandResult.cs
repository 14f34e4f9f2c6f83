namespace ComposeLab;

/// <summary>The result of a command inside a container, and its output.</summary>
public sealed class LabCommandResult
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The program and its arguments, as they were passed on.</summary>
    public required IReadOnlyList<string> Command { get; init => field = Indexable.Of(value); }

    /// <summary>The exit code.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The standard output.</summary>
    public required string Output { get; init; }

    /// <summary>The standard error.</summary>
    public required string ErrorOutput { get; init; }

    /// <summary>The file with the standard output; null if it is in <see cref="Output"/>.</summary>
    public string? OutFile { get; init; }

    /// <summary>How long it ran.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Whether it exited with code 0.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>The standard output without the last line break.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Output.TrimEnd('\r', '\n');
}
