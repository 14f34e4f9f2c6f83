using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Assertions;

/// <summary>Should -Throw: the script ends with a terminating error of a certain message, id and type.</summary>
internal static class Throwing
{
    // In a script, so that $_ is what the spec itself would have caught.
    private const string Catch = "param($____script) try { do { $null = & $____script } until ($true) } catch { return $_ }";

    /// <summary>Runs the script and looks at what it threw.</summary>
    /// <param name="check">The call.</param>
    /// <exception cref="ArgumentException">The value is no script.</exception>
    public static string? Test(SpecCheck check)
    {
        if ((check.Actual is PSObject wrapped ? wrapped.BaseObject : check.Actual) is not ScriptBlock script)
        {
            throw new ArgumentException("Expected a script block in curly braces before Should -Throw, found none.");
        }

        var fault = ScriptBlock.Create(Catch).InvokeReturnAsIs(script) is PSObject { BaseObject: ErrorRecord record } ? record : null;
        if (check.Negate)
        {
            return fault is null ? null : $"Expected no exception,{check.Because} but got '{fault.Exception.Message}' {Place(fault)}.";
        }

        var differences = Differences(check, fault).ToList();
        if (differences.Count > 0)
        {
            return $"Expected an exception,{check.Because} but {string.Join(" and ", differences)} {Place(fault)}".Trim() + ".";
        }

        check.Output = check.Switch("PassThru") ? fault : null;
        return null;
    }

    private static IEnumerable<string> Differences(SpecCheck check, ErrorRecord? fault)
    {
        if (fault is null)
        {
            yield return "nothing was thrown";
            yield break;
        }

        if (check.Value("ExceptionType") is { } given && LanguagePrimitives.ConvertTo<Type>(given) is var type && !type.IsInstanceOfType(fault.Exception))
        {
            yield return $"its type was [{fault.Exception.GetType().FullName}], not [{type.FullName}]";
        }

        if (check.Text("ExpectedMessage") is var message && !string.IsNullOrWhiteSpace(message) && !SpecCheck.Ask("-like", fault.Exception.Message, message))
        {
            yield return $"its message was '{fault.Exception.Message}', not like '{message}'";
        }

        if (check.Text("ErrorId") is var id && !string.IsNullOrWhiteSpace(id) && !SpecCheck.Ask("-like", fault.FullyQualifiedErrorId, id))
        {
            yield return $"its id was '{fault.FullyQualifiedErrorId}', not like '{id}'";
        }
    }

    private static string Place(ErrorRecord? fault) =>
        fault?.InvocationInfo is { ScriptName.Length: > 0 } at ? $"from {at.ScriptName}:{at.ScriptLineNumber}" : "";
}
