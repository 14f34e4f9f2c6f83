using System.Collections;
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
    public void Several_values_of_an_enumeration_are_not_combined_to_another_one() => Assert.All(
        Commands.SelectMany(type => Parameters(type).Where(parameter => (Nullable.GetUnderlyingType(parameter.PropertyType) ?? parameter.PropertyType).IsEnum).Select(parameter => (type, parameter))),
        found => Assert.True(found.parameter.IsDefined(typeof(OneValueAttribute)), $"-{found.parameter.Name} of {NameOf(found.type)}"));

    [Theory]
    [InlineData("Show-MergedConfig -Only Images, Volumes", "Expected one value, found 2: Images, Volumes")]
    [InlineData("Get-LabService -Port web", "such as api:8000 or dns:53/udp, found 'web'")]
    [InlineData("Backup-LabDb -Compress best", "found 'best'")]
    [InlineData("New-LabImage db 'Bad Name'", "found 'Bad Name'")]
    [InlineData("Invoke-LabRun db -Name 'bad name'", "found 'bad name'")]
    [InlineData("Invoke-LabRun db -Environment 1, 2", "Expected names with values")]
    [InlineData("Build-LabImage -BuildArg =x", "Expected names with values")]
    public void A_value_that_a_parameter_does_not_accept_is_described_in_words(string command, string expected)
    {
        using var session = new TestSession();

        Assert.Contains(expected, session.Run(command).Error!.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A=1", "A=1")]
    [InlineData("A=x=y, B, C=", "A=x=y B=null C=")]
    public void Names_with_values_can_be_text(string typed, string expected) => Assert.Equal(expected, Entries(typed.Split(", ") is [var only] ? only : typed.Split(", ").ToArray<object>()));

    [Fact]
    public void Names_with_values_can_be_any_table()
    {
        Assert.Equal("A=1", Entries(new Hashtable { ["A"] = 1 }));
        Assert.Equal("A=1 B=2", Entries(new System.Collections.Specialized.OrderedDictionary { ["A"] = 1, ["B"] = 2 }));
    }

    [Theory]
    [InlineData("Get-LabEvent -ProjectName x -Since 1m -Until 5m")]
    [InlineData("Get-LabLog -ProjectName x -Since 2030-01-01 -Until 2029-01-01")]
    public void A_period_does_not_end_before_it_begins(string command)
    {
        using var session = new TestSession();

        Assert.Equal("ParameterConflict", session.Run(command).ErrorId);
    }

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

    private static string Entries(object value) => string.Join(
        ' ',
        ((Hashtable)new TableAttribute().Transform(null!, value)).Cast<DictionaryEntry>().OrderBy(entry => (string)entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value ?? "null"}"));

    private static string NameOf(Type type) => type.GetCustomAttribute<CmdletAttribute>() is { } name ? $"{name.VerbName}-{name.NounName}" : type.Name;

    private static IEnumerable<PropertyInfo> Parameters(Type type) => type.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: false));

    private static PropertyInfo Parameter(Type type, string name) => Parameters(type).Single(parameter => parameter.Name == name);
}
