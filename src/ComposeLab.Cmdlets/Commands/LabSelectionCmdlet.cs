using System.Collections.ObjectModel;
using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>The base of the cmdlets that read Compose files: where the files are, and what they see.</summary>
public abstract class LabSelectionCmdlet : LabCmdlet
{
    /// <summary>The parameter set of <see cref="Path"/>.</summary>
    private protected const string ByPath = "Path";

    /// <summary>The parameter set of <see cref="LiteralPath"/>.</summary>
    private protected const string ByLiteralPath = "LiteralPath";

    /// <summary>The parameter set of <see cref="BundledLab"/>.</summary>
    private protected const string ByBundledLab = "BundledLab";

    /// <summary>The parameter set of compose files that are named one by one.</summary>
    private protected const string ByFile = "File";

    /// <summary><para type="description">A Compose file, or a folder; the folder and its parents are searched. Wildcards must match exactly one. Default: the
    /// project of the current location, found like docker compose finds it; if there is none, the bundled lab.</para></summary>
    [Parameter(ParameterSetName = ByPath)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public virtual string? Path { get; set; }

    /// <summary><para type="description">Like -Path, but without wildcards. Accepts files and folders from the pipeline.</para></summary>
    [Parameter(ParameterSetName = ByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LP")]
    [ValidateNotNullOrEmpty]
    public virtual string? LiteralPath { get; set; }

    /// <summary><para type="description">Selects the lab that comes with the module, even if the current location belongs to another project.</para></summary>
    [Parameter(ParameterSetName = ByBundledLab, Mandatory = true)]
    public virtual SwitchParameter BundledLab { get; set; }

    /// <summary><para type="description">The Compose files of a stack, as the pipeline objects of Get-LabStack and Get-LabService give them. Ignored with -Path,
    /// -LiteralPath, -File and -BundledLab.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public string[]? ConfigFiles { get; set; }

    /// <summary><para type="description">Files of variables to read instead of .env; a later one wins.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] EnvFile { get; set; } = [];

    /// <summary><para type="description">The folder that relative paths in the compose files start from. Default: the folder of the first file.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NoneIfEmpty]
    public string? ProjectDirectory { get; set; }

    /// <summary><para type="description">Compose profiles to enable, like docker compose --profile. * enables all.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ComposeProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] ComposeProfile { get; set; } = [];

    /// <summary>Whether -Path, -LiteralPath or -BundledLab was given.</summary>
    private protected bool HasPath => Path is not null || LiteralPath is not null || BundledLab;

    /// <summary>Makes the project directory absolute. To be called while preparing.</summary>
    /// <param name="hasFiles">Whether compose files were typed one by one.</param>
    /// <returns>The directory; null if none was given, or if the pipeline gives one that does not belong to the files that were typed.</returns>
    private protected string? ResolveProjectDirectory(bool hasFiles) =>
        string.IsNullOrEmpty(ProjectDirectory) || ((HasPath || hasFiles) && IsPiped(nameof(ProjectDirectory))) ? null : ResolvePath(ProjectDirectory);

    /// <summary>Selects the project that a stack object of the pipeline was started from. To be called while preparing.</summary>
    /// <param name="selection">What was typed.</param>
    /// <returns>The selection with the stack's files; as it was if the pipeline gave none, or if files were typed.</returns>
    private protected ProjectSelection WithStackFiles(ProjectSelection selection)
    {
        string[] files = [.. (ConfigFiles ?? []).Where(file => !string.IsNullOrEmpty(file))];
        if (files is [var list] && !System.IO.File.Exists(list))
        {
            // docker compose ls --format json writes all files as one text.
            files = list.Split(',', StringSplitOptions.RemoveEmptyEntries);
        }

        return files.Length == 0 || HasPath || selection.Files.Count > 0 ? selection : selection.OfStack([.. files.Select(ResolvePath)]);
    }

    /// <summary>Makes the selected path absolute. To be called while preparing.</summary>
    /// <returns>The path; null if none was given.</returns>
    /// <exception cref="LabException">PathInvalid: the path is not in the file system, or its wildcards match several; ComposeFileNotFound: they match nothing.</exception>
    private protected string? ResolveSelectedPath() => (LiteralPath, Path) switch
    {
        ({ } literal, _) => ResolvePath(literal),
        (_, { } pattern) when WildcardPattern.ContainsWildcardCharacters(pattern) => Only(pattern),
        (_, { } path) => ResolvePath(path),
        _ => null,
    };

    // A name with brackets that exists as it is written is that name.
    private string Only(string pattern)
    {
        if (ResolvePath(pattern) is var literal && System.IO.Path.Exists(literal))
        {
            return literal;
        }

        Collection<string> found;
        try
        {
            found = SessionState.Path.GetResolvedProviderPathFromPSPath(pattern, out _);
        }
        catch (ItemNotFoundException)
        {
            found = [];
        }

        return found switch
        {
            [var only] => only,
            [] => throw new LabException(
                LabErrorId.ComposeFileNotFound, $"Nothing matches '{pattern}'.", "Give -Path a folder that holds a compose.yaml", pattern),
            _ => throw new LabException(
                LabErrorId.PathInvalid, $"'{pattern}' must match one project, but it matches {found.Count}: {string.Join(", ", found)}.", "Use one of these paths with -LiteralPath", pattern),
        };
    }
}
