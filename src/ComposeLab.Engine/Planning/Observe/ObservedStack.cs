namespace ComposeLab.Engine.Planning;

/// <summary>A stack as the engine shows it, without its files.</summary>
public sealed record ObservedStack
{
    /// <summary>The project's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its containers.</summary>
    public required IReadOnlyList<ObservedContainer> Containers { get; init; }

    /// <summary>How many of them run.</summary>
    public int Running => Containers.Count(container => container.IsRunning);

    /// <summary>The names of its services.</summary>
    public IReadOnlyList<string> Services =>
        [.. Containers.Select(container => container.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The directory of the project; empty where no container says.</summary>
    public string WorkingDirectory =>
        Containers.Select(container => container.WorkingDirectory).FirstOrDefault(directory => directory.Length > 0) ?? "";

    /// <summary>The compose files it was made from.</summary>
    public IReadOnlyList<string> ConfigFiles =>
        Containers.Select(container => container.ConfigFiles).FirstOrDefault(files => files.Count > 0) ?? [];
}
