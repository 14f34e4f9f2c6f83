using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation.Consistency;

/// <summary>Makes the errors of the consistency checks.</summary>
internal static class Fault
{
    /// <summary>An error about an attribute of a service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="attribute">The attribute's path below the service.</param>
    /// <param name="message">What is wrong, to follow the attribute's path.</param>
    /// <param name="recommendation">What to do next.</param>
    /// <param name="origin">Where it stands; null: where the attribute or else the service stands.</param>
    /// <param name="id">The stable id.</param>
    /// <returns>The error, to be thrown.</returns>
    public static ComposeException In(
        ServiceDefinition service,
        string attribute,
        string message,
        string recommendation,
        Origin? origin = null,
        ComposeErrorId id = ComposeErrorId.ComposeFileInvalid)
    {
        string path = attribute.Length == 0 ? $"services.{service.Name}" : $"services.{service.Name}.{attribute}";
        return ComposeException.At(
            id, $"{path} {message}" + (message.EndsWith('?') ? "" : "."), recommendation, origin ?? service.Node[attribute.Split('.', '[')[0]]?.Origin ?? service.Origin, path);
    }
}
