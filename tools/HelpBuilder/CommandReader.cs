using System.Management.Automation;
using System.Reflection;

namespace ComposeLab.HelpBuilder;

/// <summary>Reads the commands of an assembly: their shape by reflection, their words from the doc comments.</summary>
/// <param name="documentation">The doc comments of the same assembly.</param>
public sealed class CommandReader(XmlDocumentation documentation)
{
    private static readonly string[] ConfirmationParameters = ["Confirm", "WhatIf"];

    /// <summary>Every public cmdlet, by name.</summary>
    /// <param name="assembly">The assembly of the cmdlets.</param>
    public IReadOnlyList<CommandHelp> Read(Assembly assembly) =>
        [.. assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && type.GetCustomAttribute<CmdletAttribute>() is not null)
            .Select(Read)
            .OrderBy(command => command.Name, StringComparer.Ordinal)];

    private CommandHelp Read(Type type)
    {
        var cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;
        var fresh = Activator.CreateInstance(type)!;
        var uses = type.GetProperties().SelectMany(property => property.GetCustomAttributes<ParameterAttribute>(inherit: false).Select(use => new Use(property, use, fresh))).ToList();
        var sets = uses.Select(use => use.Attribute.ParameterSetName).Where(set => set != ParameterAttribute.AllParameterSets).Distinct(StringComparer.Ordinal).ToList();
        var confirms = cmdlet.SupportsShouldProcess;

        return new CommandHelp(
            $"{cmdlet.VerbName}-{cmdlet.NounName}",
            documentation.Synopsis(type),
            documentation.Description(type),
            [.. sets.DefaultIfEmpty(ParameterAttribute.AllParameterSets).Select(set => Syntax(set, uses, confirms))],
            [.. uses.DistinctBy(use => use.Property.Name).Select(Parameter).Concat(Confirmation(confirms)).OrderBy(parameter => parameter.Name, StringComparer.Ordinal)],
            [.. uses.Where(use => use.FromPipeline.Length > 0).DistinctBy(use => use.Property.Name).Select(Input)],
            [.. type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(output => output.Type).DistinctBy(output => output.Name, StringComparer.Ordinal).Select(Output)],
            documentation.Examples(type));
    }

    private SyntaxHelp Syntax(string set, IEnumerable<Use> uses, bool confirms) => new(
        set,
        [.. uses.Where(use => use.Attribute.ParameterSetName == set || use.Attribute.ParameterSetName == ParameterAttribute.AllParameterSets)
            .Select(Parameter)
            .OrderBy(parameter => parameter.Position ?? int.MaxValue)
            .ThenByDescending(parameter => parameter.IsMandatory)
            .ThenBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Concat(Confirmation(confirms))]);

    private ParameterHelp Parameter(Use use) => new(
        use.Property.Name,
        TypeNames.Of(use.Property.PropertyType),
        documentation.Property(use.Property.GetMethod!.GetBaseDefinition().DeclaringType!, use.Property.Name),
        use.Property.PropertyType == typeof(SwitchParameter),
        use.Attribute.Mandatory,
        use.Attribute.Position == int.MinValue ? null : use.Attribute.Position,
        use.FromPipeline.Length == 0 ? "False" : $"True ({use.FromPipeline})",
        [.. use.Property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []],
        TypeNames.Default(use.Property.GetValue(use.Fresh)),
        use.Property.GetCustomAttribute<SupportsWildcardsAttribute>() is not null,
        use.Property.GetCustomAttribute<ValidateSetAttribute>() is { } set ? [.. set.ValidValues] : TypeNames.Values(use.Property.PropertyType));

    private static IEnumerable<ParameterHelp> Confirmation(bool confirms) => !confirms
        ? []
        : ConfirmationParameters.Select(name => new ParameterHelp(
            name,
            "switch",
            name == "WhatIf" ? "Shows what would happen if the cmdlet runs. The cmdlet is not run." : "Prompts you for confirmation before running the cmdlet.",
            IsSwitch: true,
            IsMandatory: false,
            Position: null,
            "False",
            name == "WhatIf" ? ["wi"] : ["cf"],
            Default: null,
            Wildcards: false,
            []));

    private TypeHelp Input(Use use)
    {
        var type = use.Property.PropertyType;
        var way = use.Attribute.ValueFromPipeline ? $"Bound to -{use.Property.Name}." : $"Its property {use.Property.Name} is bound to -{use.Property.Name}.";
        return new TypeHelp(use.Attribute.ValueFromPipeline ? TypeNames.Of(type) : "object", $"{way} {Words(type)}".Trim());
    }

    private TypeHelp Output(PSTypeName output) =>
        output.Type is { } known ? new TypeHelp(TypeNames.Of(known), Words(known)) : new TypeHelp(output.Name, "");

    private string Words(Type type)
    {
        var element = type.GetElementType() ?? type;
        return documentation.Knows(element) ? documentation.Synopsis(element) : "";
    }

    private sealed record Use(PropertyInfo Property, ParameterAttribute Attribute, object Fresh)
    {
        public string FromPipeline { get; } = string.Join(", ", new[]
        {
            Attribute.ValueFromPipeline ? "ByValue" : null,
            Attribute.ValueFromPipelineByPropertyName ? "ByPropertyName" : null,
        }.OfType<string>());
    }
}
