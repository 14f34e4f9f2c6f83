using System.Management.Automation;
using System.Text.RegularExpressions;

namespace ComposeLab.Shell.Commands.Data;

/// <summary>Finds lines that match.</summary>
[Cmdlet(VerbsCommon.Select, "String", DefaultParameterSetName = "Object")]
internal sealed class SelectStringCommand : PSCmdlet
{
    /// <summary>The regular expressions, any of which may match.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public string[] Pattern { get; set; } = [];

    /// <summary>The text to look in.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = "Object")]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>The files to look in.</summary>
    [Parameter(Position = 1, Mandatory = true, ParameterSetName = "File")]
    [Alias("LiteralPath")]
    public string[] Path { get; set; } = [];

    /// <summary>Takes the patterns for plain text.</summary>
    [Parameter]
    public SwitchParameter SimpleMatch { get; set; }

    /// <summary>Tells letters of different case apart.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <summary>Gives the lines that do not match.</summary>
    [Parameter]
    public SwitchParameter NotMatch { get; set; }

    /// <summary>Only tells whether a line matched.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Writes the lines as strings.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var found = ParameterSetName == "File"
            ? Path.SelectMany(path => GetResolvedProviderPathFromPSPath(path, out _)).SelectMany(file => Matches(file, File.ReadLines(file)))
            : Matches("InputStream", [LanguagePrimitives.ConvertTo<string>(InputObject)]);
        if (Quiet)
        {
            WriteObject(found.Any());
            return;
        }

        WriteObject(found, enumerateCollection: true);
    }

    private IEnumerable<object> Matches(string file, IEnumerable<string> lines)
    {
        var options = CaseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase;
        var patterns = Pattern.Select(pattern => new Regex(SimpleMatch ? Regex.Escape(pattern) : pattern, options)).ToArray();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            var matches = patterns.SelectMany(pattern => pattern.Matches(line)).ToArray();
            if (matches.Length > 0 == NotMatch)
            {
                continue;
            }

            yield return Raw ? line : Result(file, number, line, matches);
        }
    }

    private static PSObject Result(string file, int number, string line, Match[] matches)
    {
        var result = new PSObject();
        result.Properties.Add(new PSNoteProperty("Line", line));
        result.Properties.Add(new PSNoteProperty("LineNumber", number));
        result.Properties.Add(new PSNoteProperty("Path", file));
        result.Properties.Add(new PSNoteProperty("Matches", matches));
        result.Methods.Add(new PSScriptMethod("ToString", ScriptBlock.Create("$this.Line")));
        return result;
    }
}
