using System.Management.Automation;

namespace ComposeLab.Pipeline;

/// <summary>
/// A file as PowerShell's own commands answer with it. A bare <see cref="FileInfo"/> lacks what the file system's provider adds: its view would show
/// neither folder nor mode.
/// </summary>
internal static class ProviderItem
{
    /// <summary>Asks the provider for a file.</summary>
    /// <param name="cmdlet">The running cmdlet; only on the pipeline's thread.</param>
    /// <param name="value">What a command answers with; anything but a file is left as it is.</param>
    public static object Of(PSCmdlet cmdlet, object value) =>
        value is FileInfo { Exists: true } file && cmdlet.InvokeProvider.Item.Get([file.FullName], force: true, literalPath: true) is { Count: 1 } items ? items[0] : value;
}
