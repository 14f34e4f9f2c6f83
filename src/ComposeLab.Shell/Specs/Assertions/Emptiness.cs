using System.Collections;
using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Assertions;

/// <summary>Should -BeNullOrEmpty: nothing, an empty text, an empty list or an empty table.</summary>
internal static class Emptiness
{
    /// <summary>Looks at the piped values.</summary>
    /// <param name="check">The call.</param>
    public static string? Test(SpecCheck check)
    {
        var empty = check.Actual switch
        {
            null => true,
            object?[] { Length: 0 } => true,
            object?[] { Length: 1 } one => IsEmpty(one[0]),
            _ => false,
        };
        return check.Expect(empty, "$null or empty");
    }

    private static bool IsEmpty(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) is Hashtable table
        ? table.Count == 0
        : string.IsNullOrEmpty(LanguagePrimitives.ConvertTo<string>(value));
}
