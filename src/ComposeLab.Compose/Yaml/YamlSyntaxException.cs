using YamlDotNet.Core;

namespace ComposeLab.Compose.Yaml;

/// <summary>The text is not YAML.</summary>
/// <param name="found">What is wrong, to complete "expected valid YAML, found ...".</param>
/// <param name="advice">What to do.</param>
/// <param name="start">Where it is.</param>
/// <param name="end">Where it ends.</param>
internal sealed class YamlSyntaxException(string found, string advice, Mark start, Mark end) : Exception(found)
{
    /// <summary>What to do.</summary>
    public string Advice { get; } = advice;

    /// <summary>Where it is.</summary>
    public Mark Start { get; } = start;

    /// <summary>Where it ends.</summary>
    public Mark End { get; } = end;
}
