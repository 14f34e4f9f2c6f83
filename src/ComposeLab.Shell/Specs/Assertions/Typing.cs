using System.Management.Automation;

namespace ComposeLab.Shell.Specs.Assertions;

/// <summary>Should -BeOfType: the value is of the type or of one derived from it.</summary>
internal static class Typing
{
    /// <summary>Looks at the value's type.</summary>
    /// <param name="check">The call.</param>
    /// <exception cref="ArgumentException">No such type is loaded.</exception>
    public static string? Test(SpecCheck check)
    {
        var given = check.Value("ExpectedType");
        var name = given is string text && text.StartsWith('[') && text.EndsWith(']') ? text[1..^1] : given;
        if (!LanguagePrimitives.TryConvertTo<Type>(name, out var type) || type is null)
        {
            throw new ArgumentException($"Could not find type [{name}]. Make sure that the assembly that contains that type is loaded.");
        }

        return SpecCheck.Ask("-is", check.Actual, type) != check.Negate
            ? null
            : $"Expected a value {(check.Negate ? "not " : "")}of type [{type.FullName}],{check.Because} but got {SpecCheck.Show(check.Actual)} of type {SpecCheck.Show(Base(check.Actual)?.GetType())}.";
    }

    private static object? Base(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
