using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Items;

/// <summary>A command about paths: with wildcards by <c>-Path</c>, taken as they are by <c>-LiteralPath</c>.</summary>
internal abstract class PathCommand : PSCmdlet
{
    /// <summary>The paths; wildcards allowed.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public virtual string[] Path { get; set; } = [];

    /// <summary>The paths, taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public virtual string[] LiteralPath { get; set; } = [];

    /// <summary>Whether the paths are taken as they are.</summary>
    protected bool Literal => LiteralPath.Length > 0;

    /// <summary>The paths as given.</summary>
    protected string[] Given => Literal ? LiteralPath : Path;

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (var path in Given)
        {
            try
            {
                Process(path);
            }
            catch (RuntimeException fault) when (fault is not PipelineStoppedException)
            {
                WriteError(new ErrorRecord(fault.ErrorRecord, null));
            }
        }
    }

    /// <summary>Does the work for one path; a fault becomes an error of its own, and the next path follows.</summary>
    /// <param name="path">The path as given.</param>
    protected abstract void Process(string path);
}
