using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Publishing;

/// <summary>A project as others get it: its files, without paths of this machine, and what the author should know before they are published.</summary>
/// <param name="Files">The files: Compose files in merge order, then those that they extend, then environment files.</param>
/// <param name="Risks">What could be published by mistake.</param>
public sealed record ProjectPublication(IReadOnlyList<PublishedFile> Files, IReadOnlyList<PublishRisk> Risks)
{
    /// <summary>Prepares a project.</summary>
    /// <param name="project">The project, with all Compose profiles.</param>
    /// <param name="withEnvironment">Whether the environment files of services are published, too. Their variables are then no risk.</param>
    /// <param name="token">Cancels it.</param>
    /// <returns>What is published.</returns>
    /// <exception cref="Diagnostics.ComposeException">
    /// NotPublishable: a service can only be built, or a file includes another one of this machine; EnvFileNotFound: a required environment file does not exist.
    /// </exception>
    public static ProjectPublication Of(ComposeProject project, bool withEnvironment, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(project);
        return new PublicationBuilder(project, withEnvironment, token).Build();
    }
}

/// <summary>A file that is published.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Content">Its content, in UTF-8 if it is text.</param>
/// <param name="Kind">What it is.</param>
public sealed record PublishedFile(string Name, ReadOnlyMemory<byte> Content, PublishedFileKind Kind);

/// <summary>What a published file is.</summary>
public enum PublishedFileKind
{
    /// <summary>A Compose file of the project.</summary>
    Compose,

    /// <summary>A Compose file whose services are extended.</summary>
    Extended,

    /// <summary>An environment file of a service.</summary>
    EnvFile,
}

/// <summary>Something that could be published by mistake.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">The problem, as a sentence. Never contains a secret.</param>
public sealed record PublishRisk(PublishRiskKind Kind, string Message)
{
    /// <summary>The file with its path as specified; null if there is none.</summary>
    public string? File { get; init; }

    /// <summary>Line, from 1; 0 if unknown.</summary>
    public int Line { get; init; }

    /// <summary>Column, from 1; 0 if unknown.</summary>
    public int Column { get; init; }

    /// <summary>The risk on one line.</summary>
    /// <returns>The place and the message.</returns>
    public override string ToString() => File is null ? Message : $"{File}:{Line}:{Column}: {Message}";
}

/// <summary>The kinds of risks.</summary>
public enum PublishRiskKind
{
    /// <summary>A service has an environment file.</summary>
    EnvFile,

    /// <summary>The value of a variable with a secret name is written into a Compose file.</summary>
    SecretValue,

    /// <summary>The content of a config is written into a Compose file.</summary>
    ConfigContent,

    /// <summary>A service mounts a path of this machine.</summary>
    BindMount,

    /// <summary>A file contains something that looks like a key, a token or a password.</summary>
    SensitiveData,
}
