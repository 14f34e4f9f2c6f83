using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Normalizing;

/// <summary>Separates the services that the active Compose profiles switch on from the others.</summary>
/// <param name="active">The active Compose profiles; <c>*</c> is all of them.</param>
internal sealed class ComposeProfiles(IReadOnlyList<string> active)
{
    /// <summary>Splits a model.</summary>
    /// <param name="model">The canonical model.</param>
    /// <returns>The model with its active services, and the services that are off.</returns>
    public (MappingNode Active, MappingNode Disabled) Split(MappingNode model)
    {
        if (model["services"] is not MappingNode services)
        {
            return (model, new MappingNode([], model.Origin));
        }

        ILookup<bool, MappingEntry> sides = services.Entries.ToLookup(entry => IsActive(entry.Value));
        return (model.With("services", new MappingNode(sides[true], services.Origin)), new MappingNode(sides[false], services.Origin));
    }

    private bool IsActive(Node service) =>
        service is not MappingNode mapping
        || mapping["profiles"] is not SequenceNode { Count: > 0 } profiles
        || profiles.Items.OfType<ScalarNode>().Any(profile => active.Contains(profile.Text) || active.Contains("*"));
}
