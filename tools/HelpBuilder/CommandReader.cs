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
        var uses = type.GetProperties().SelectMany(property => property.GetCustomAttributes<ParameterAttribute>().Select(use => (property, use))).ToList();
        var sets = uses.Select(entry => entry.use.ParameterSetName).Where(set => set != ParameterAttribute.AllParameterSets).Distinct(StringComparer.Ordinal).ToList();

        return new CommandHelp(
            $"{cmdlet.VerbName}-{cmdlet.NounName}",
            documentation.Summary(type),
            documentation.Remarks(type),
            [.. sets.DefaultIfEmpty(ParameterAttribute.AllParameterSets).Select(set => Syntax(set, uses, cmdlet.SupportsShouldProcess))],
            [.. uses.DistinctBy(entry => entry.property.Name).Select(entry => Parameter(entry.property, entry.use)).Concat(Confirmation(cmdlet.SupportsShouldProcess)).OrderBy(parameter => parameter.Name, StringComparer.Ordinal)],
            [.. uses.Where(entry => entry.use.ValueFromPipeline || entry.use.ValueFromPipelineByPropertyName).Select(entry => TypeName(entry.property.PropertyType)).Distinct(StringComparer.Ordinal)],
            [.. type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(output => output.Type).Select(output => output.Type is { } known ? TypeName(known) : output.Name).Distinct(StringComparer.Ordinal)],
            documentation.Examples(type));
    }

    private SyntaxHelp Syntax(string set, IEnumerable<(PropertyInfo Property, ParameterAttribute Use)> uses, bool confirms) => new(
        set,
        [.. uses.Where(entry => entry.Use.ParameterSetName == set || entry.Use.ParameterSetName == ParameterAttribute.AllParameterSets)
            .Select(entry => Parameter(entry.Property, entry.Use))
            .OrderBy(parameter => parameter.Position ?? int.MaxValue)
            .ThenByDescending(parameter => parameter.IsMandatory)
            .ThenBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Concat(Confirmation(confirms))]);

    private ParameterHelp Parameter(PropertyInfo property, ParameterAttribute use) => new(
        property.Name,
        TypeName(property.PropertyType),
        documentation.Property(property.DeclaringType!, property.Name),
        property.PropertyType == typeof(SwitchParameter),
        use.Mandatory,
        use.Position == int.MinValue ? null : use.Position,
        FromPipeline(use),
        [.. property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []],
        Values(property.PropertyType));

    private static IEnumerable<ParameterHelp> Confirmation(bool confirms) => !confirms
        ? []
        : ConfirmationParameters.Select(name => new ParameterHelp(
            name,
            "switch",
            name == "WhatIf" ? "Shows what would happen, and changes nothing." : "Asks before the change.",
            IsSwitch: true,
            IsMandatory: false,
            Position: null,
            "False",
            name == "WhatIf" ? ["wi"] : ["cf"],
            []));

    private static string FromPipeline(ParameterAttribute use)
    {
        var ways = new[] { use.ValueFromPipeline ? "ByValue" : null, use.ValueFromPipelineByPropertyName ? "ByPropertyName" : null };
        var taken = string.Join(", ", ways.OfType<string>());
        return taken.Length == 0 ? "False" : $"True ({taken})";
    }

    private static string[] Values(Type type)
    {
        var element = type.GetElementType() ?? Nullable.GetUnderlyingType(type) ?? type;
        return element.IsEnum ? Enum.GetNames(element) : [];
    }

    private static string TypeName(Type type) => type switch
    {
        { IsArray: true } => $"{TypeName(type.GetElementType()!)}[]",
        _ when Nullable.GetUnderlyingType(type) is { } inner => TypeName(inner),
        _ when type == typeof(SwitchParameter) => "switch",
        _ when type == typeof(string) => "string",
        _ when type == typeof(int) => "int",
        _ when type == typeof(bool) => "bool",
        _ => type.FullName!,
    };
}
