using System.Management.Automation;
using System.Reflection;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Commands;

namespace ComposeLab.Cmdlets.Tests.Commands;

public sealed class PipedObjectTests : IDisposable
{
    private static readonly string[] Parts = ["Service", "Container", "Number"];

    // Neither compares stacks nor changes one: what they say of a service goes to no other cmdlet.
    private static readonly Type[] OfTwoProjects = [typeof(LabConfigDifference)];

    private readonly TestSession _session = new();

    public static TheoryData<string> CommandsThatTakeParts() =>
        [.. Commands().Where(command => PipedParts(command).Any() && command.IsAssignableTo(typeof(LabProjectCmdlet))).Select(NameOf).Order(StringComparer.Ordinal)];

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(CommandsThatTakeParts))]
    public void An_object_with_a_service_and_no_stack_is_never_taken_for_one_of_the_bundled_lab(string command)
    {
        SessionResult result = _session.Run($"[pscustomobject]@{{ Service = 'db' }} | {command}{(command == "Invoke-LabCommand" ? " -Command id" : "")}");

        Assert.Equal("StackNotNamed", result.ErrorId);
        Assert.Equal(ErrorCategory.InvalidArgument, result.Error!.CategoryInfo.Category);
    }

    [Fact]
    public void A_profile_of_the_bundled_lab_does_not_say_whose_service_is_meant() =>
        Assert.Equal("StackNotNamed", _session.Run("[pscustomobject]@{ Service = 'db' } | Stop-LabStack -Profile Prod").ErrorId);

    [Trait("Needs", "Engine")]
    [Fact]
    public void A_record_without_a_stack_does_not_inherit_the_one_before_it()
    {
        SessionResult result = _session.Run("""
            [pscustomobject]@{ Service = 'db'; ProjectName = 'no-such-stack' }, [pscustomobject]@{ Service = 'db' } | Stop-LabStack -WhatIf
            """);

        Assert.Equal(["ServiceNotFound", "StackNotNamed"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
    }

    [Trait("Needs", "Engine")]
    [Fact]
    public void A_stack_that_was_typed_is_the_one_whose_services_are_piped() =>
        Assert.Contains("no-such-stack", RefusalOf("[pscustomobject]@{ Service = 'db' } | Stop-LabStack -ProjectName no-such-stack"), StringComparison.Ordinal);

    [Trait("Needs", "Engine")]
    [Fact]
    public void What_docker_compose_lists_as_JSON_names_its_stack() =>
        Assert.Contains("no-such-stack", RefusalOf("[pscustomobject]@{ Service = 'db'; Project = 'no-such-stack' } | Stop-LabStack"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Stop-LabStack")]
    [InlineData("Remove-LabStack")]
    [InlineData("Restart-LabStack")]
    [InlineData("Wait-LabStack")]
    [InlineData("Start-LabStack")]
    [InlineData("Test-LabDb")]
    public void An_overlay_of_the_bundled_lab_does_not_say_what_belongs_to_a_stack_of_the_pipeline(string command) =>
        Assert.Equal("ComposeFileNotFound", _session.Run($"[pscustomobject]@{{ ProjectName = 'shop' }} | {command} -Profile Prod").ErrorId);

    [Fact]
    public void Every_object_that_names_a_service_for_a_cmdlet_names_its_stack()
    {
        IEnumerable<Type> written = Commands().SelectMany(command => command.GetCustomAttributes<OutputTypeAttribute>().SelectMany(output => output.Type))
            .Select(type => type.Type).OfType<Type>().Distinct().Except(OfTwoProjects);

        Assert.Empty(written.Where(type => type.GetProperty("Service") is not null && type.GetProperty("ProjectName") is null).Select(type => type.Name));
    }

    private string RefusalOf(string script)
    {
        SessionResult result = _session.Run(script);
        Assert.Equal("ServiceNotFound", result.ErrorId);
        return result.Error!.ErrorDetails.Message;
    }

    private static IEnumerable<Type> Commands() => typeof(LabProjectCmdlet).Assembly.GetExportedTypes().Where(type => type.IsDefined(typeof(CmdletAttribute)));

    private static IEnumerable<PropertyInfo> PipedParts(Type command) => command.GetProperties().Where(property =>
        Parts.Contains(property.Name) && property.GetCustomAttributes<ParameterAttribute>().Any(parameter => parameter.ValueFromPipelineByPropertyName));

    private static string NameOf(Type command)
    {
        CmdletAttribute name = command.GetCustomAttribute<CmdletAttribute>()!;
        return $"{name.VerbName}-{name.NounName}";
    }
}
