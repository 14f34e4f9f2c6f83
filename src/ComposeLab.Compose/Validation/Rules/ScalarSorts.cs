namespace ComposeLab.Compose.Validation.Rules;

/// <summary>The sorts of scalars a rule lets pass.</summary>
[Flags]
internal enum ScalarSorts
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Text.</summary>
    Text = 1,

    /// <summary>A truth value.</summary>
    Boolean = 2,

    /// <summary>A whole number.</summary>
    Integer = 4,

    /// <summary>Any number.</summary>
    Number = 8 | Integer,

    /// <summary>No value.</summary>
    Null = 16,
}
