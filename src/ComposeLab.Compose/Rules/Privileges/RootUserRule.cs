using ComposeLab.Compose.Model;
using static ComposeLab.Compose.Rules.FindingSeverity;

namespace ComposeLab.Compose.Rules.Privileges;

/// <summary>A service does not ask to be root.</summary>
internal sealed class RootUserRule() : ServiceRule(new RuleInfo(
    "RootUser",
    Information,
    Warning,
    "`user: root` or `user: 0`",
    "Name the user that the image made for the service, by number."))
{
    /// <inheritdoc/>
    protected override IEnumerable<Spot> Find(RuleContext context, ServiceDefinition service)
    {
        if (IsRoot(service.User))
        {
            yield return context.At(service, "user", $"{service.Name} asks to run as root.", "Remove 'user', or name an ordinary one by number: user: \"1000:1000\".");
        }
    }

    /// <summary>Whether a user is root.</summary>
    /// <param name="user">As <c>user</c> or <c>USER</c> names it; may be null.</param>
    internal static bool IsRoot(string? user) => user?.Split(':')[0] is "root" or "0";
}
