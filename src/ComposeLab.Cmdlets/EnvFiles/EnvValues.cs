using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Security;
using ComposeLab.Errors;

namespace ComposeLab.EnvFiles;

/// <summary>Reads the values that a user specifies for variables: plain ones, and secrets from PowerShell's own types or from a script block.</summary>
internal static class EnvValues
{
    private const string Fix = "Fix the value in -Variable";

    /// <summary>Reads them. Call it on the pipeline's thread, because script blocks run there.</summary>
    /// <param name="variables">The values by variable name.</param>
    /// <returns>The values as text. Contains secrets: never print it.</returns>
    /// <exception cref="LabException">EnvFileInvalid: a name is not valid, or a script block fails or does not return exactly one value.</exception>
    public static Dictionary<string, string> Read(IDictionary variables)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in variables)
        {
            string name = Text(entry.Key);
            if (!EnvTemplate.IsName(name))
            {
                throw new LabException(
                    LabErrorId.EnvFileInvalid, $"Expected a variable name of letters, digits and underscores, found '{name}'.", "Fix the name in -Variable", name);
            }

            values[name] = Text(Unwrapped(entry.Value) is ScriptBlock block ? Invoked(name, block) : entry.Value);
        }

        return values;
    }

    private static object? Invoked(string name, ScriptBlock block)
    {
        Collection<PSObject> output;
        try
        {
            output = block.Invoke();
        }
        catch (RuntimeException fault)
        {
            throw new LabException(LabErrorId.EnvFileInvalid, $"The script block for {name} failed: {fault.Message}", Fix, name, fault);
        }

        // The values are not shown, because they may be secret.
        return output is [{ } only]
            ? only
            : throw new LabException(LabErrorId.EnvFileInvalid, $"The script block for {name} returned {output.Count} values, expected one.", Fix, name);
    }

    private static string Text(object? value) => Unwrapped(value) switch
    {
        SecureString secret => new NetworkCredential("", secret).Password,
        PSCredential credential => credential.GetNetworkCredential().Password,
        var plain => Convert.ToString(plain, CultureInfo.InvariantCulture) ?? "",
    };

    private static object? Unwrapped(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
