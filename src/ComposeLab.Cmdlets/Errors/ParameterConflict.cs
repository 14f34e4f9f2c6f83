using System.Management.Automation;

namespace ComposeLab.Errors;

/// <summary>Parameters that cannot be used together.</summary>
/// <param name="Parameter">A parameter.</param>
/// <param name="Others">The parameters that cannot be used with it.</param>
internal sealed record ParameterConflict(string Parameter, IReadOnlyList<string> Others)
{
    /// <summary>Checks the parameters of a call.</summary>
    /// <param name="given">The specified parameters.</param>
    /// <param name="conflicts">The rules of the cmdlet.</param>
    /// <exception cref="LabException">ParameterConflict: two of them were specified.</exception>
    public static void Require(IReadOnlyDictionary<string, object> given, IEnumerable<ParameterConflict> conflicts)
    {
        foreach (ParameterConflict conflict in conflicts.Where(conflict => IsOn(conflict.Parameter)))
        {
            if (conflict.Others.FirstOrDefault(IsOn) is { } other)
            {
                throw new LabException(LabErrorId.ParameterConflict, $"-{conflict.Parameter} and -{other} cannot be used together.", $"Omit -{conflict.Parameter} or -{other}");
            }
        }

        bool IsOn(string parameter) => given.TryGetValue(parameter, out object? value) && value is not SwitchParameter { IsPresent: false };
    }
}
