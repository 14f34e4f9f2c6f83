using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Secrets;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Projects;

/// <summary>Lists details about the variables that the files of a project use.</summary>
/// <param name="project">The project; interpolation is not necessary.</param>
/// <param name="mask">Hides secret values; null shows them.</param>
internal sealed class Variables(ComposeProject project, SecretMask? mask)
{
    private readonly SourceLocations _places = new(project);

    /// <summary>Lists them by name.</summary>
    public IEnumerable<LabVariable> All() => VariableReferences.Of(project)
        .GroupBy(reference => reference.Name, project.Paths.NameComparer)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => Of(group.Key, [.. group]));

    private LabVariable Of(string name, IReadOnlyList<VariableReference> references)
    {
        VariableReference? defaulting = references.FirstOrDefault(reference => reference.Default is not null);
        string? fallback = defaulting is null ? null : VariableReferences.ValueOf(defaulting.Default!, defaulting.Scope);
        Variable? variable = references.Select(reference => reference.Scope.Find(name)).FirstOrDefault(found => found is not null);
        return new LabVariable
        {
            Name = name,
            Value = (variable?.Value ?? fallback) is { } value ? Shown(name, value) : null,
            Source = variable is not null ? Source(variable.Source) : fallback is not null ? LabVariableSource.Default : LabVariableSource.Unset,
            Origin = _places.At(variable?.File, variable?.Line ?? 0),
            Default = fallback is null ? null : Shown(name, fallback),
            IsRequired = references.Any(reference => reference.IsRequired),
            IsSecret = SecretMask.Standard.IsSecretName(name),
            Uses = references.Select(reference => _places.Of(reference.Origin)).OfType<LabSourceLocation>().ToArray(),
            Shadows = Hidden(variable).Select(hidden => new LabVariableValue
            {
                Source = Source(hidden.Source),
                Origin = _places.At(hidden.File, hidden.Line),
                Value = Shown(name, hidden.Value),
            }).ToArray(),
        };
    }

    private string Shown(string name, string value) => mask?.Mask(name, value) ?? value;

    private static IEnumerable<Variable> Hidden(Variable? variable)
    {
        for (Variable? at = variable?.Shadowed; at is not null; at = at.Shadowed)
        {
            yield return at;
        }
    }

    private static LabVariableSource Source(VariableSource source) => source switch
    {
        VariableSource.Os => LabVariableSource.Environment,
        VariableSource.DotEnv => LabVariableSource.DotEnv,
        VariableSource.EnvFile => LabVariableSource.EnvFile,
        VariableSource.Default => LabVariableSource.Default,
        VariableSource.Project => LabVariableSource.Project,
        _ => LabVariableSource.Unset,
    };
}
