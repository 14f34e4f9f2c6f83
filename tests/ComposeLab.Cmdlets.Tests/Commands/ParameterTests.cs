using System.Management.Automation;
using System.Reflection;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Commands;
using ComposeLab.Completion;
using ComposeLab.Plans;

namespace ComposeLab.Cmdlets.Tests.Commands;

/// <summary>Rules for the parameters of all commands.</summary>
public sealed class ParameterTests
{
    private static readonly Type[] Commands = [.. typeof(LabErrorId).Assembly.GetExportedTypes().Where(type => type.GetCustomAttribute<CmdletAttribute>() is not null)];

    // They do not use a project: engines, the stacks of an engine, the nodes and tasks of a swarm, the rules of the module, and files that are not Compose files.
    private static readonly string[] WithoutProject = ["Clear-LabEngine", "Get-LabEngine", "Get-LabStack", "Get-LabConfigRule", "Get-LabNode", "Get-LabTask", "Set-LabNode", "Initialize-LabSwarm", "Add-LabNode", "Remove-LabNode", "New-LabEnvFile", "Test-LabDbBackup"];

    private static readonly Dictionary<string, Type> Completers = new()
    {
        ["ComposeProfile"] = typeof(ComposeProfileCompleter),
        ["Container"] = typeof(ContainerCompleter),
        ["Context"] = typeof(ContextCompleter),
        ["Database"] = typeof(DatabaseCompleter),
        ["ExitCodeFrom"] = typeof(ServiceCompleter),
        ["Profile"] = typeof(LabProfileCompleter),
        ["ProjectName"] = typeof(ProjectNameCompleter),
        ["Service"] = typeof(ServiceCompleter),
    };

    [Fact]
    public void Every_command_for_a_project_inherits_the_selection_parameters()
    {
        Type[] selecting = [.. Commands.Where(type => !WithoutProject.Contains(NameOf(type)))];

        Assert.All(selecting, type => Assert.True(typeof(LabSelectionCmdlet).IsAssignableFrom(type), NameOf(type)));
        Assert.All(selecting, type => Assert.All(
            new[] { "Path", "LiteralPath", "BundledLab", "EnvFile", "ProjectDirectory", "ComposeProfile", "ConfigFiles" },
            name => Assert.Equal(typeof(LabSelectionCmdlet), Parameter(type, name).GetMethod!.GetBaseDefinition().DeclaringType)));
    }

    [Fact]
    public void Parameters_with_the_same_name_have_the_same_completer() => Assert.All(
        Commands.SelectMany(type => Parameters(type).Where(parameter => Completers.ContainsKey(parameter.Name)).Select(parameter => (type, parameter))),
        found => Assert.True(
            found.parameter.GetCustomAttribute<ArgumentCompleterAttribute>()?.Type == Completers[found.parameter.Name], $"-{found.parameter.Name} of {NameOf(found.type)}"));

    [Fact]
    public void Only_commands_that_change_existing_objects_have_PassThru() =>
        Assert.Equal(
            ["Remove-LabImage", "Remove-LabNode", "Remove-LabStack", "Restart-LabStack", "Resume-LabStack", "Set-LabNode", "Stop-LabStack", "Suspend-LabStack"],
            Commands.Where(type => Parameters(type).Any(parameter => parameter.Name == "PassThru")).Select(NameOf).Order(StringComparer.Ordinal));

    // A parameter of a plan is declared where the plan is made and where it is executed, because the help says for which commands it counts.
    [Fact]
    public void Everything_that_shapes_a_plan_can_be_planned_with_the_same_types_aliases_and_limits()
    {
        string[] shaping = [.. typeof(PlanIntent).GetProperties().Select(property => property.Name).Except(["Signal"]), "Service"];
        foreach (Type type in Commands.Where(type => typeof(LabPlanCmdlet).IsAssignableFrom(type)))
        {
            foreach (PropertyInfo parameter in Parameters(type).Where(parameter => shaping.Contains(parameter.Name)))
            {
                PropertyInfo planned = Parameter(typeof(GetLabStackPlanCommand), parameter.Name);
                Assert.Equal(Nullable.GetUnderlyingType(parameter.PropertyType) ?? parameter.PropertyType, Nullable.GetUnderlyingType(planned.PropertyType) ?? planned.PropertyType);
                Assert.Equal(parameter.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? [], planned.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []);
                Assert.Equal(Attributes(parameter), Attributes(planned));
            }
        }

        static IEnumerable<Type> Attributes(PropertyInfo parameter) => parameter.GetCustomAttributes().Select(attribute => attribute.GetType())
            .Where(type => typeof(ValidateArgumentsAttribute).IsAssignableFrom(type) || typeof(ArgumentTransformationAttribute).IsAssignableFrom(type) || typeof(ArgumentCompleterAttribute).IsAssignableFrom(type)).OrderBy(type => type.Name, StringComparer.Ordinal);
    }

    [Fact]
    public void Every_parameter_set_of_Get_LabImageSize_has_one_output_type()
    {
        using var session = new TestSession();

        object[] sets = [.. session.Run("(Get-Command Get-LabImageSize).ParameterSets.Name").Good()];
        OutputTypeAttribute[] types = [.. typeof(GetLabImageSizeCommand).GetCustomAttributes<OutputTypeAttribute>()];

        Assert.All(types, type => Assert.Single(type.Type));
        Assert.Equal(sets.Cast<string>().Order(StringComparer.Ordinal), types.SelectMany(type => type.ParameterSetName).Order(StringComparer.Ordinal));
    }

    private static string NameOf(Type type) => type.GetCustomAttribute<CmdletAttribute>() is { } name ? $"{name.VerbName}-{name.NounName}" : type.Name;

    private static IEnumerable<PropertyInfo> Parameters(Type type) => type.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: false));

    private static PropertyInfo Parameter(Type type, string name) => Parameters(type).Single(parameter => parameter.Name == name);
}
