using System.Management.Automation;
using ComposeLab.Completion;
using ComposeLab.Engine.Images;
using ComposeLab.Errors;
using ComposeLab.Images;

namespace ComposeLab.Commands;

/// <summary>The base class of the cmdlets that work on the images of a stack.</summary>
public abstract class LabImageCmdlet : LabEngineCmdlet
{
    /// <summary><para type="description">The names of the images, or the services that use them. Default: all.</para></summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The texts with which a user can name an image.</summary>
    /// <param name="image">The image.</param>
    /// <returns>Its name with and without the tag, and its services.</returns>
    private protected static string[] NamesOf(LabImage image) => [image.Image, ImageName.Repository(image.Image), .. image.Services];

    /// <summary>The error for an image that does not exist.</summary>
    /// <param name="name">What the user typed.</param>
    /// <param name="listing">The images of the stack.</param>
    /// <returns>The error.</returns>
    private protected LabException Missing(string name, StackImageListing listing) =>
        new(LabErrorId.ImageNotFound, $"Image '{name}' not found in stack '{listing.ProjectName}'.", $"Run {Typed("Get-LabImage")} to list the images", name);
}
