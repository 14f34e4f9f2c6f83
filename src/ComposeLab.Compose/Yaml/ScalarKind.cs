namespace ComposeLab.Compose.Yaml;

/// <summary>What a scalar is after YAML's own resolution, and after the casts of interpolation.</summary>
public enum ScalarKind
{
    /// <summary>Nothing was written, or <c>~</c> or <c>null</c>.</summary>
    Null,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A whole number, in decimal.</summary>
    Integer,

    /// <summary>A number with a fraction or an exponent.</summary>
    Float,

    /// <summary>A plain date or date and time. No attribute of the specification accepts one.</summary>
    Timestamp,

    /// <summary>Text.</summary>
    String,
}
