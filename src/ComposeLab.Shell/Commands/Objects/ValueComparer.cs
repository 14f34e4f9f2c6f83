using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Objects;

/// <summary>Orders values as PowerShell's operators do; values that cannot be compared are ordered as text.</summary>
/// <param name="ignoreCase">Whether letters of different case are equal.</param>
internal sealed class ValueComparer(bool ignoreCase) : IComparer<object?>, IEqualityComparer<object?>
{
    /// <inheritdoc/>
    public int Compare(object? x, object? y)
    {
        if (LanguagePrimitives.TryCompare(x, y, ignoreCase, out var order))
        {
            return order;
        }

        return string.Compare(Text(x), Text(y), ignoreCase ? StringComparison.CurrentCultureIgnoreCase : StringComparison.CurrentCulture);
    }

    /// <inheritdoc/>
    public new bool Equals(object? x, object? y) => LanguagePrimitives.Equals(x, y, ignoreCase);

    /// <inheritdoc/>
    public int GetHashCode(object? obj) => 0;

    private static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(value);
}
