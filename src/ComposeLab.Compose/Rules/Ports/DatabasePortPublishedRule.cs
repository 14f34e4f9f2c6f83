using ComposeLab.Compose.Rules.Images;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Ports;

/// <summary>A database is reached by the services of its network, not from outside.</summary>
internal sealed class DatabasePortPublishedRule() : PrivatePortRule(new RuleInfo(
    "DatabasePortPublished",
    Warning,
    Error,
    "the port of a database published on all interfaces; in production, published at all",
    "Publish it on 127.0.0.1 while developing; in production not at all (`ports: !reset []` in the overlay)."))
{
    /// <inheritdoc/>
    protected override string? NameOf(RuleContext context, PublishedPort port) =>
        (DatabaseImage.Of(context.ImageOf(port.Service)) ?? DatabaseImage.Behind(port.Definition))?.Product;
}
