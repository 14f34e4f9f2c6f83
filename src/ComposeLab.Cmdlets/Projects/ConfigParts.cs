using ComposeLab.Compose.Model;
using ComposeLab.Engine.Planning;

namespace ComposeLab.Projects;

/// <summary>Lists the parts of a project by name.</summary>
internal static class ConfigParts
{
    /// <summary>Lists them.</summary>
    /// <param name="project">The project.</param>
    /// <param name="part">What to list.</param>
    /// <returns>The names, each once, sorted.</returns>
    public static IReadOnlyList<string> Of(ComposeProject project, LabConfigPart part) =>
        [.. Names(project, part).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Names(ComposeProject project, LabConfigPart part) => part switch
    {
        LabConfigPart.Services => project.Services.Keys,
        LabConfigPart.Images => project.Services.Values.Where(service => service.Provider is null).SelectMany(service => ServiceNames.Images(project, service)),
        LabConfigPart.Volumes => project.Volumes.Keys,
        LabConfigPart.Networks => project.Networks.Keys,
        LabConfigPart.Profiles => project.Services.Values.Concat(project.DisabledServices.Values).SelectMany(service => service.Profiles),
        _ => project.Models.Values.Select(model => model.Model).OfType<string>().Where(model => model.Length > 0),
    };
}
