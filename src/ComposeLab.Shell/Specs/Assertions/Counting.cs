using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Assertions;

/// <summary>Should -HaveCount: how many values were piped.</summary>
internal static class Counting
{
    /// <summary>Counts.</summary>
    /// <param name="check">The call.</param>
    /// <exception cref="ArgumentException">The expected number is negative.</exception>
    public static string? Test(SpecCheck check)
    {
        var expected = LanguagePrimitives.ConvertTo<int>(check.Value("ExpectedValue"));
        if (expected < 0)
        {
            throw new ArgumentException($"Expected a number of at least 0, found {expected}.");
        }

        var count = check.Actual is object?[] list ? list.Length : 0;
        return count == expected != check.Negate
            ? null
            : $"Expected {(check.Negate ? "a number other than " : "")}{expected} values,{check.Because} but got {count}: {SpecCheck.Show(check.Actual)}.";
    }
}
