using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Merging;
using ComposeLab.Compose.Normalizing;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Loading;

/// <summary>Merges services into the services they extend, in the same file or another one.</summary>
/// <param name="context">The context of the model.</param>
/// <param name="file">The file with the extending services.</param>
internal sealed class ExtendsResolver(ModelContext context, ComposeFile file)
{
    // Longer chains are not readable, and a malicious one would overflow the stack.
    private const int LongestChain = 200;

    /// <summary>Resolves every <c>extends</c> of a document.</summary>
    /// <param name="document">The interpolated document.</param>
    /// <param name="replaced">The tagged paths of the document: values of extended services at these paths are removed.</param>
    /// <returns>The document without <c>extends</c>.</returns>
    public MappingNode Apply(MappingNode document, IReadOnlyList<ModelPath> replaced)
    {
        switch (document["services"])
        {
            case MappingNode services when services.Entries.Any(entry => entry.Value is not MappingNode service || service.Contains("extends")):
                var group = new ServiceGroup(file, services, replaced);
                return document.With("services", services.Select(entry => Resolve(group, entry.Key, [])));
            case null or MappingNode:
                return document;
            case var other:
                throw Invalid("'services' must be a mapping.", "Write each service under its name.", other);
        }
    }

    private Node Resolve(ServiceGroup group, string name, IReadOnlyList<(string File, string Service)> chain)
    {
        context.Session.Token.ThrowIfCancellationRequested();
        if (group.Resolved.TryGetValue(name, out Node? known))
        {
            return known;
        }

        Node node = group.Services[name]!;
        if (node is ScalarNode { IsNull: true })
        {
            return node;
        }

        if (node is not MappingNode service)
        {
            throw Invalid($"services.{name} must be a mapping, found {NodeDescription.Of(node)}.", "Write the service's attributes under its name.", node);
        }

        return group.Resolved[name] = service["extends"] is { } extends ? Merge(group, name, service, extends, chain) : service;
    }

    private MappingNode Merge(
        ServiceGroup group, string name, MappingNode service, Node extends, IReadOnlyList<(string File, string Service)> chain)
    {
        (ScalarNode target, ScalarNode? path) = Reference(name, extends);
        ServiceGroup source = path is null ? group : Load(path);
        if (!source.Services.Contains(target.Text))
        {
            throw ComposeException.At(
                ComposeErrorId.ServiceNotFound,
                $"Cannot extend '{target.Text}': {source.File.Display} has no service with this name.",
                $"Use one of: {string.Join(", ", source.Services.Entries.Select(entry => entry.Key))}.",
                target.Origin,
                $"services.{name}.extends");
        }

        (string, string) link = (group.File.Path, name);
        if (chain.Contains(link))
        {
            throw ComposeException.At(
                ComposeErrorId.DependencyCycle,
                $"Services extend each other in a cycle: {string.Join(" -> ", chain.Select(step => step.Service))} -> {name}.",
                "Remove one 'extends' of the cycle.",
                extends.Origin,
                $"services.{name}.extends");
        }

        if (chain.Count == LongestChain)
        {
            throw ComposeException.At(
                ComposeErrorId.ComposeFileInvalid,
                $"The chain of 'extends' is longer than {LongestChain} services.",
                "Shorten the chain.",
                extends.Origin,
                $"services.{name}.extends");
        }

        if (Resolve(source, target.Text, [.. chain, link]) is not MappingNode extended)
        {
            return service;
        }

        MappingNode kept = ReplacedPaths.Remove(extended, "services", name, group.Replaced);
        return Merger.MergeService(kept, service, name).Without("extends");
    }

    private static (ScalarNode Target, ScalarNode? Path) Reference(string name, Node extends) => extends switch
    {
        ScalarNode { Kind: ScalarKind.String } target => (target, null),
        MappingNode mapping when mapping["service"] is ScalarNode { Kind: ScalarKind.String } target => (target, mapping["file"] as ScalarNode),
        _ => throw ComposeException.At(
            ComposeErrorId.ComposeFileInvalid,
            $"services.{name}.extends has no 'service'.",
            "Write 'extends: {service: NAME}', with 'file: PATH' for another file.",
            extends.Origin,
            $"services.{name}.extends"),
    };

    private ServiceGroup Load(ScalarNode path)
    {
        ComposeFile extended = context.Session.Referenced(
            path.Text, new PathResolution(context.Session.Request.Paths, context.Directory, context.Session.Home).Absolute, path.Origin, "extends.file");
        (MappingNode model, IReadOnlyList<ModelPath> replaced) = LoadSession.NamedAt(path.Origin, "extends.file", () => new ModelLoader(context).LoadExtended(extended));
        return model["services"] is MappingNode services
            ? new ServiceGroup(extended, services, replaced)
            : throw Invalid($"'{path.Text}' has no services.", "Use a file with 'services:'.", path);
    }

    private static ComposeException Invalid(string message, string recommendation, Node node) =>
        ComposeException.At(ComposeErrorId.ComposeFileInvalid, message, recommendation, node.Origin, "services");

    /// <summary>The services that can extend each other by name.</summary>
    private sealed record ServiceGroup(ComposeFile File, MappingNode Services, IReadOnlyList<ModelPath> Replaced)
    {
        public Dictionary<string, Node> Resolved { get; } = new(StringComparer.Ordinal);
    }
}
