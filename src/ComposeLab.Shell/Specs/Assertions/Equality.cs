using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Assertions;

/// <summary>Should -Be: arrays member by member, everything else by PowerShell's own operator.</summary>
internal static class Equality
{
    private const int MostLevels = 100;

    /// <summary>Compares the piped values with the expected ones.</summary>
    /// <param name="check">The call.</param>
    /// <param name="exactly">Whether letters of different case differ.</param>
    public static string? Test(SpecCheck check, bool exactly)
    {
        var expected = check.Value("ExpectedValue");
        var operation = exactly ? "-ceq" : "-eq";
        return check.Expect(Same(List(check.Actual), List(expected), operation, 1), $"{(exactly ? "exactly " : "")}{SpecCheck.Show(expected)}");
    }

    private static object?[]? List(object? value) => LanguagePrimitives.ConvertTo<object?[]>(value);

    private static bool Same(object?[]? actual, object?[]? expected, string operation, int level)
    {
        if (level > MostLevels)
        {
            throw new PSInvalidOperationException($"Expected arrays of at most {MostLevels} levels. Is one of them inside of itself?");
        }

        if (Empty(actual) || Empty(expected))
        {
            return Empty(actual) && Empty(expected);
        }

        return actual!.Length == expected!.Length && actual.Zip(expected).All(pair => IsArray(pair.First) || IsArray(pair.Second)
            ? Same(List(pair.First), List(pair.Second), operation, level + 1)
            : SpecCheck.Ask(operation, pair.Second, pair.First));
    }

    private static bool Empty(object?[]? list) => list is null or [] or [null];

    private static bool IsArray(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) is Array;
}
