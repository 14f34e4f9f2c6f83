using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Variables;

/// <summary>A command about variables of a scope.</summary>
internal abstract class ScopedVariableCommand : PSCmdlet
{
    /// <summary>The variables' names, without the dollar sign.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    /// <summary>The scope: Global, Script, Local, or how many levels up.</summary>
    [Parameter]
    public string Scope { get; set; } = "";

    /// <summary>The name as the engine wants it, with its scope.</summary>
    /// <param name="name">The name as given.</param>
    protected string Scoped(string name) => Scope.Length == 0 || int.TryParse(Scope, out _) ? name : $"{Scope}:{name}";

    /// <summary>Refuses a numbered scope other than the current one, which the engine's interface cannot reach.</summary>
    protected override void BeginProcessing()
    {
        if (int.TryParse(Scope, out var level) && level > 0)
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSNotSupportedException($"Expected the scope Global, Script, Local or 0, found '{Scope}'. This shell knows no other."),
                "ScopeNotSupported",
                ErrorCategory.NotImplemented,
                Scope));
        }
    }
}
