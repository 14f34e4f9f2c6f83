using System.Collections.ObjectModel;
using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Errors;
using ComposeLab.Pipeline;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>The base class of the cmdlets that read Compose files: selects the files and their environment.</summary>
public abstract class LabSelectionCmdlet : LabCmdlet
{
    /// <summary>The parameter set of <see cref="Path"/>.</summary>
    private protected const string ByPath = "Path";

    /// <summary>The parameter set of <see cref="LiteralPath"/>.</summary>
    private protected const string ByLiteralPath = "LiteralPath";

    /// <summary>The parameter set of <see cref="BundledLab"/>.</summary>
    private protected const string ByBundledLab = "BundledLab";

    /// <summary>The parameter set of Compose files that are specified one by one.</summary>
    private protected const string ByFile = "File";

    /// <summary><para type="description">A Compose file, or a folder; the folder and its parents are searched. Wildcards must match exactly one path. Default: the
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

    /// <summary><para type="description">Selects the lab that is included in the module, even if the current location belongs to another project.</para></summary>
    [Parameter(ParameterSetName = ByBundledLab, Mandatory = true)]
    public virtual SwitchParameter BundledLab { get; set; }

    /// <summary><para type="description">The Compose files of a stack, from pipeline objects of Get-LabStack and Get-LabService. Ignored with -Path, -LiteralPath,
    /// -File and -BundledLab.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public string[]? ConfigFiles { get; set; }

    /// <summary><para type="description">Environment files to read instead of .env. Later files override earlier ones.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] EnvFile { get; set; } = [];

    /// <summary><para type="description">The base folder of relative paths in the Compose files. Default: the folder of the first file.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NoneIfEmpty]
    public string? ProjectDirectory { get; set; }

    /// <summary><para type="description">Compose profiles to enable, like docker compose --profile. * enables all.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ComposeProfileCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] ComposeProfile { get; set; } = [];

    /// <summary><para type="description">Allows Compose files on other machines: oci:// names and git repositories, in -File, include and extends. Names in files must be
    /// pinned to a digest or a commit.</para></summary>
    [Parameter]
    public SwitchParameter AllowRemote { get; set; }

    /// <summary>Whether -Path, -LiteralPath or -BundledLab was specified.</summary>
    private protected bool HasPath => Path is not null || LiteralPath is not null || BundledLab;

    /// <summary>Makes the project directory absolute. Call it while preparing.</summary>
    /// <param name="hasFiles">Whether Compose files were specified one by one.</param>
    /// <returns>The directory; null if none was specified, or if the pipeline provides one that does not belong to the specified files.</returns>
    private protected string? ResolveProjectDirectory(bool hasFiles) =>
        string.IsNullOrEmpty(ProjectDirectory) || ((HasPath || hasFiles) && IsPiped(nameof(ProjectDirectory))) ? null : ResolvePath(ProjectDirectory);

    /// <summary>Selects the project that a stack object from the pipeline was started from. Call it while preparing.</summary>
    /// <param name="selection">What was specified.</param>
    /// <returns>The selection with the files of the stack; unchanged if the pipeline provides no files or if files were specified.</returns>
    private protected ProjectSelection WithStackFiles(ProjectSelection selection)
    {
        string[] files = [.. (ConfigFiles ?? []).Where(file => !string.IsNullOrEmpty(file))];
        if (files is [var list] && !System.IO.File.Exists(list))
        {
            // docker compose ls --format json writes all files as one string.
            files = list.Split(',', StringSplitOptions.RemoveEmptyEntries);
        }

        return files.Length == 0 || HasPath || selection.Files.Count > 0 ? selection : selection.OfStack([.. files.Select(ResolvePath)]);
    }

    /// <summary>Makes the selected path absolute. Call it while preparing.</summary>
    /// <returns>The path; null if none was specified.</returns>
    /// <exception cref="LabException">PathInvalid: the path is not in the file system, or its wildcards match several; ComposeFileNotFound: they match nothing.</exception>
    private protected string? ResolveSelectedPath() => (LiteralPath, Path) switch
    {
        ({ } literal, _) => ResolvePath(literal),
        (_, { } pattern) when WildcardPattern.ContainsWildcardCharacters(pattern) => Only(pattern),
        (_, { } path) => ResolvePath(path),
        _ => null,
    };

    // A path with brackets that exists literally is used as is.
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
                LabErrorId.ComposeFileNotFound, $"Nothing matches '{pattern}'.", "Set -Path to a folder that contains a compose.yaml", pattern),
            _ => throw new LabException(
                LabErrorId.PathInvalid, $"'{pattern}' must match one project, but it matches {found.Count}: {string.Join(", ", found)}.", "Use one of these paths with -LiteralPath", pattern),
        };
    }
}
