namespace ComposeLab.Compose.Validation.Rules;

/// <summary>What ComposeLab does with an attribute when a stack runs.</summary>
internal enum AttributeUse
{
    /// <summary>It shapes what runs: containers, networks, volumes, their order.</summary>
    Run,

    /// <summary>It shapes how images are built or pulled.</summary>
    Build,

    /// <summary>It has done its work when the project is loaded.</summary>
    Load,

    /// <summary>It is kept and printed; nothing acts on it.</summary>
    None,
}
