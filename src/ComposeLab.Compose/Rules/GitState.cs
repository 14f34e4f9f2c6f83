namespace ComposeLab.Compose.Rules;

/// <summary>What git does with a file.</summary>
public enum GitState
{
    /// <summary>Nothing is known: no git, no repository.</summary>
    Unknown,

    /// <summary>It is committed or staged.</summary>
    Tracked,

    /// <summary>It is ignored and was never added.</summary>
    Ignored,

    /// <summary>It is not ignored: the next <c>git add .</c> takes it in.</summary>
    Untracked,
}
