using System.Management.Automation;

namespace ComposeLab.Pipeline;

/// <summary>
/// A file object like PowerShell's own commands return it. A bare <see cref="FileInfo"/> lacks the properties that the file system provider adds: its view would
/// show neither folder nor mode.
/// </summary>
internal static class ProviderItem
{
    /// <summary>Gets a file from the provider.</summary>
    /// <param name="cmdlet">The running cmdlet; only on the pipeline's thread.</param>
    /// <param name="value">The output of a command; anything except a file is returned unchanged.</param>
    public static object Of(PSCmdlet cmdlet, object value) =>
        value is FileInfo { Exists: true } file && cmdlet.InvokeProvider.Item.Get([file.FullName], force: true, literalPath: true) is { Count: 1 } items ? items[0] : value;
}
