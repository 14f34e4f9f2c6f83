using System.Management.Automation;
using System.Reflection;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Commands;

namespace ComposeLab.Cmdlets.Tests.Commands;

public sealed class PipedObjectTests : IDisposable
{
    private static readonly string[] Parts = ["Service", "Container", "Number"];

    // These neither compare nor change stacks: their service names are not passed to other cmdlets.
    private static readonly Type[] OfTwoProjects = [typeof(LabConfigDifference)];

    private readonly TestSession _session = new();

    public static TheoryData<string> CommandsThatTakeParts() =>
        [.. Commands().Where(command => PipedParts(command).Any() && command.IsAssignableTo(typeof(LabProjectCmdlet))).Select(NameOf).Order(StringComparer.Ordinal)];

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(CommandsThatTakeParts))]
    public void An_object_with_a_service_but_no_stack_never_selects_the_bundled_lab(string command)
    {
        SessionResult result = _session.Run($"[pscustomobject]@{{ Service = 'db' }} | {command}{command switch { "Invoke-LabCommand" => " -Command id", "New-LabImage" => " -Name x", "Restore-LabDb" => " -BackupFile x", _ => "" }}");

        Assert.Equal("StackNotNamed", result.ErrorId);
        Assert.Equal(ErrorCategory.InvalidArgument, result.Error!.CategoryInfo.Category);
    }

    [Fact]
    public void A_profile_of_the_bundled_lab_does_not_identify_the_stack_of_a_service() =>
        Assert.Equal("StackNotNamed", _session.Run("[pscustomobject]@{ Service = 'db' } | Stop-LabStack -Profile Prod").ErrorId);

    [Trait("Needs", "Engine")]
    [Fact]
    public void A_record_without_a_stack_does_not_inherit_the_previous_one()
    {
        SessionResult result = _session.Run("""
            [pscustomobject]@{ Service = 'db'; ProjectName = 'no-such-stack' }, [pscustomobject]@{ Service = 'db' } | Stop-LabStack -WhatIf
            """);

        Assert.Equal(["ServiceNotFound", "StackNotNamed"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
    }

    [Trait("Needs", "Engine")]
    [Fact]
    public void A_specified_stack_is_the_stack_of_the_piped_services() =>
        Assert.Contains("no-such-stack", RefusalOf("[pscustomobject]@{ Service = 'db' } | Stop-LabStack -ProjectName no-such-stack"), StringComparison.Ordinal);

    [Trait("Needs", "Engine")]
    [Fact]
    public void The_JSON_of_docker_compose_identifies_its_stack() =>
        Assert.Contains("no-such-stack", RefusalOf("[pscustomobject]@{ Service = 'db'; Project = 'no-such-stack' } | Stop-LabStack"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Stop-LabStack")]
    [InlineData("Remove-LabStack")]
    [InlineData("Restart-LabStack")]
    [InlineData("Wait-LabStack")]
    [InlineData("Start-LabStack")]
    [InlineData("Test-LabDb")]
    public void An_overlay_of_the_bundled_lab_does_not_define_a_stack_from_the_pipeline(string command) =>
        Assert.Equal("ComposeFileNotFound", _session.Run($"[pscustomobject]@{{ ProjectName = 'shop' }} | {command} -Profile Prod").ErrorId);

    [Fact]
    public void Every_object_that_selects_a_service_for_a_cmdlet_also_selects_its_stack()
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
