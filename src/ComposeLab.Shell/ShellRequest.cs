namespace ComposeLab.Shell;

/// <summary>The command line of the program, understood.</summary>
internal sealed record ShellRequest
{
    private const string Usage =
        "Expected: ComposeLab.Shell [--module PSD1] (shell | run FILE [ARGS] | command TEXT | spec FILE...)";

    /// <summary>What to do.</summary>
    public ShellMode Mode { get; private init; }

    /// <summary>The module manifest to import first; empty for a bare session.</summary>
    public string Module { get; private init; } = "";

    /// <summary>The file or the command text; empty for a prompt.</summary>
    public string Target { get; private init; } = "";

    /// <summary>The script's arguments, or the spec files.</summary>
    public IReadOnlyList<string> Arguments { get; private init; } = [];

    /// <summary>The sentence to show where the command line cannot be understood.</summary>
    public string? Fault { get; private init; }

    /// <summary>Reads a command line.</summary>
    /// <param name="args">The program's arguments, as the shell passed them.</param>
    public static ShellRequest Parse(IReadOnlyList<string> args)
    {
        var rest = args.AsEnumerable();
        var module = "";
        if (args.Count >= 2 && args[0] == "--module")
        {
            module = args[1];
            rest = args.Skip(2);
        }

        return rest.ToArray() switch
        {
            ["shell"] or [] => new() { Mode = ShellMode.Prompt, Module = module },
            ["run", var file, .. var arguments] => new() { Mode = ShellMode.File, Module = module, Target = file, Arguments = arguments },
            ["command", var text] => new() { Mode = ShellMode.Command, Module = module, Target = text },
            ["spec", _, ..] specs => new() { Mode = ShellMode.Specs, Module = module, Arguments = specs[1..] },
            var other => new() { Fault = $"{Usage}; found: {string.Join(' ', other)}" },
        };
    }
}
