namespace ComposeLab.Compose.Files;

/// <summary>A file is none that can be read. Callers say what it was meant to be.</summary>
/// <param name="found">What it is instead, to complete "expected a file, found ...".</param>
/// <param name="inner">The error that led to this one.</param>
internal sealed class InvalidFileException(string found, Exception? inner = null) : IOException(found, inner)
{
    /// <summary>Whether there is nothing at the path.</summary>
    public bool IsMissing { get; init; }
}
