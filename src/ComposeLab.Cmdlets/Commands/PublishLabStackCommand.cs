using System.Management.Automation;
using System.Text;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Publishing;
using ComposeLab.Compose.Writing;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Registries;
using ComposeLab.Engines;
using ComposeLab.Errors;
using ComposeLab.Images;
using ComposeLab.Pipeline;
using ComposeLab.Progress;
using ComposeLab.Projects;

namespace ComposeLab.Commands;

/// <summary>
/// <para type="synopsis">Publishes a project to a registry.</para>
/// <para type="description">Writes the Compose files of a project to a registry as an artifact that docker compose reads, too. Others start it with -File oci://NAME
/// -AllowRemote, or include it. The text of the files is published as it is, without the values of variables. Extended files are published with it; paths of environment
/// files become names without a folder. The images that the project builds are pushed first. Before anything is sent, one prompt lists what could be published by mistake:
/// environment files, values of variables with secret names, contents of configs, paths of this machine, and lines that look like keys or tokens. A project with a service
/// that can only be built, or with an include of this machine, is refused.</para>
/// </summary>
/// <example>
/// <summary><para>Publishes a project and shows the name that others can include.</para></summary>
/// <code>(Publish-LabStack registry.example.test/shop:1.2 -Path ./shop).PinnedReference</code>
/// </example>
/// <example>
/// <summary><para>Shows the risks without publishing.</para></summary>
/// <code>Publish-LabStack registry.example.test/shop:1.2 -Path ./shop -WhatIf</code>
/// </example>
/// <example>
/// <summary><para>Publishes a project with its environment files and the digests of its images, without a prompt.</para></summary>
/// <code>Publish-LabStack registry.example.test/shop:1.2 -Path ./shop -WithEnvironment -ResolveDigest -Force</code>
/// </example>
[Cmdlet(VerbsData.Publish, "LabStack", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(LabPublication))]
public sealed class PublishLabStackCommand : LabEngineCmdlet
{
    /// <summary><para type="description">The name of the artifact: HOST/REPOSITORY:TAG, with or without oci://. Without a host, it is on Docker Hub.</para></summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Repository")]
    [ValidateNotNullOrEmpty]
    public string Reference { get; set; } = "";

    /// <summary><para type="description">Also publishes the environment files of services, and values of variables with secret names without a prompt.</para></summary>
    [Parameter]
    public SwitchParameter WithEnvironment { get; set; }

    /// <summary><para type="description">Adds the digests of the images, as their registries have them now.</para></summary>
    [Parameter]
    public SwitchParameter ResolveDigest { get; set; }

    /// <summary><para type="description">Does not push the images that the project builds.</para></summary>
    [Parameter]
    public SwitchParameter NoPush { get; set; }

    /// <summary><para type="description">Publishes without a prompt, whatever was found.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override bool NeedsOneEngine => true;

    /// <inheritdoc/>
    protected override async Task RunAsync(IPipelineOutput output, CancellationToken token)
    {
        RegistryReference reference = RegistryReference.Parse(Reference);
        ComposeProject project = ProjectLoading.Load(Selection with { ComposeProfiles = ["*"], ResolveEnvironment = false }, output, token);
        ProjectPublication publication = ProjectPublication.Of(project, WithEnvironment, token);
        if (!await AgreedAsync(project, publication, reference, output).ConfigureAwait(false))
        {
            return;
        }

        IReadOnlyList<string> pushed = NoPush ? [] : await PushAsync(project, output, token).ConfigureAwait(false);
        if (ResolveDigest)
        {
            publication = publication with { Files = [.. publication.Files, await DigestsAsync(project, token).ConfigureAwait(false)] };
        }

        string digest = await ProjectPublisher.PublishAsync(reference, publication, Selection.Environment, DateTimeOffset.UtcNow, token).ConfigureAwait(false);
        await output.WriteAsync(new LabPublication
        {
            ProjectName = project.Name,
            Reference = RegistryReference.Scheme + reference,
            Digest = digest,
            PinnedReference = $"{RegistryReference.Scheme}{reference with { Digest = digest }}",
            Files = [.. publication.Files.Select(file => file.Name)],
            Size = publication.Files.Sum(file => (long)file.Content.Length),
            PushedImages = pushed,
            Risks = [.. publication.Risks.Select(risk => risk.ToString())],
        }).ConfigureAwait(false);
    }

    private async Task<bool> AgreedAsync(ComposeProject project, ProjectPublication publication, RegistryReference reference, IPipelineOutput output)
    {
        string action = $"Publish {publication.Files.Count} {(publication.Files.Count == 1 ? "file" : "files")} of {project.Name} to {reference}";
        string risks = string.Concat(publication.Risks.Select(risk => $"\n  {risk}"));
        return await output.ShouldProcessAsync(risks.Length == 0 ? action : $"{action}, with these risks:{risks}", $"{action}?", "Publish-LabStack").ConfigureAwait(false)
            && (risks.Length == 0 || Force
                || await output.ShouldContinueAsync($"{action}. This could be published by mistake:{risks}\nPublish it anyway?", "Publish-LabStack").ConfigureAwait(false));
    }

    // Like docker compose, an image that is not on the engine does not prevent the publication.
    private async Task<IReadOnlyList<string>> PushAsync(ComposeProject project, IPipelineOutput output, CancellationToken token)
    {
        SelectedImage[] images = [.. PullSelection.ToPush(project, [], false).Where(image => image.Skipped is null)];
        if (images.Length == 0)
        {
            return [];
        }

        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        using var board = new ProgressBoard(output, $"Push images of {project.Name}", images.Length, TimeProvider.System);
        var pushed = new List<string>();
        await foreach (ImageTransfer transfer in new ImageTransfers(session.Engine, session.Images).PushAsync(images, board, token).ConfigureAwait(false))
        {
            if (transfer.Fault is { } fault)
            {
                output.Warning(EngineFaultText.Of(fault));
            }
            else
            {
                pushed.Add(transfer.Image.Image);
            }
        }

        return pushed;
    }

    private async Task<PublishedFile> DigestsAsync(ComposeProject project, CancellationToken token)
    {
        using EngineSession session = await EngineSession.OpenAsync(Selection, token).ConfigureAwait(false);
        ComposeProject pinned = PinnedImages.Overlay(project, await ImageDigests.ReadAsync(project, session.Images, token).ConfigureAwait(false));
        return new PublishedFile("image-digests.yaml", Encoding.UTF8.GetBytes(ComposeYamlWriter.Write(pinned, new ComposeWriteOptions())), PublishedFileKind.Compose);
    }
}
