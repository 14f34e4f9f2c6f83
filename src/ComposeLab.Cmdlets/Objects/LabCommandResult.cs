namespace ComposeLab;

/// <summary>How a command inside a container ended, and what it printed.</summary>
public sealed class LabCommandResult
{
    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>Program and arguments, as they were passed on.</summary>
    public required IReadOnlyList<string> Command { get; init => field = Indexable.Of(value); }

    /// <summary>The exit code.</summary>
    public required int ExitCode { get; init; }

    /// <summary>What it printed on standard output.</summary>
    public required string Output { get; init; }

    /// <summary>What it printed on standard error.</summary>
    public required string ErrorOutput { get; init; }

    /// <summary>The file that got standard output; null where it is in <see cref="Output"/>.</summary>
    public string? OutFile { get; init; }

    /// <summary>How long it ran.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Whether it ended with exit code 0.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>What it printed on standard output, without the last line end.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Output.TrimEnd('\r', '\n');
}
