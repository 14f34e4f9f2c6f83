namespace ComposeLab.Shell;

/// <summary>What the program was started for.</summary>
internal enum ShellMode
{
    /// <summary>An interactive prompt.</summary>
    Prompt,

    /// <summary>One script file, whose exit code becomes the program's.</summary>
    File,

    /// <summary>One command text.</summary>
    Command,

    /// <summary>Spec files in Pester's syntax.</summary>
    Specs,
}
