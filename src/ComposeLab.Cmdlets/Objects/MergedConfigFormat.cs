namespace ComposeLab;

/// <summary>The forms in which a merged config is written as text.</summary>
public enum MergedConfigFormat
{
    /// <summary>YAML, as docker compose config writes it.</summary>
    Yaml,

    /// <summary>JSON, as docker compose config --format json writes it.</summary>
    Json,
}
