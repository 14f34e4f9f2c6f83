using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Compose.Model;
using ComposeLab.Database;
using ComposeLab.Database.Logins;
using ComposeLab.Database.Queries;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Pipeline;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Gives the database's user the password that the project has now.</para>
/// <para type="description">A data volume keeps the password it was made with; a new POSTGRES_PASSWORD in .env counts only for a new volume, and logins fail. This sets the
/// volume's password to the project's, without touching the data: from inside the database's container, where the official image asks for no password. Answers with a
/// test of the database.</para>
/// </summary>
/// <example>
/// <summary><para>Makes the bundled lab's database take the password of its .env.</para></summary>
/// <code>Reset-LabDbPassword</code>
/// </example>
/// <example>
/// <summary><para>Shows what would be done in another project.</para></summary>
/// <code>Reset-LabDbPassword -Path ./shop -WhatIf</code>
/// </example>
[Cmdlet(VerbsCommon.Reset, "LabDbPassword", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabDbTestResult))]
public sealed class ResetLabDbPasswordCommand : LabProjectCmdlet
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary><para type="description">The database's service. Default: the one whose image or variables say PostgreSQL.</para></summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Service { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        ComposeProject project = LoadProject(output, token);
        ServiceDefinition service = DatabaseServices.Database(project, Service);
        DatabaseLogin login = ServerSettings.Own(service, ContainerVariables.Of(project, service));
        if (login.Password is not { } password)
        {
            throw new LabException(
                LabErrorId.VariableRequired, $"Expected POSTGRES_PASSWORD of {service.Name}, or a file that can be read, found neither.", "Set POSTGRES_PASSWORD", service.Name);
        }

        string action = $"Set the password of '{login.User}' in {service.Name} of {project.Name} to the project's POSTGRES_PASSWORD";
        if (!await output.ConfirmAsync(action, $"{action}?", "Reset-LabDbPassword").ConfigureAwait(false))
        {
            return;
        }

        using EngineSession session = await EngineSession.OpenAsync(Selection.Environment, token).ConfigureAwait(false);
        await using (DatabaseAccess access = await DatabaseAccess.OpenAsync(
            session, Selection, project, service, new AccessRequest("postgres", FromInside: true), token).ConfigureAwait(false))
        {
            await PasswordReset.RunAsync(access.Connection, password, token).ConfigureAwait(false);
        }

        await output.WriteAsync(
            await DatabaseTest.Of(Selection, project, Service, null).RunAsync(session.Engine, Limit, token).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
