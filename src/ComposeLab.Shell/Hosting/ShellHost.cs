using System.Globalization;
using System.Management.Automation.Host;

namespace ComposeLab.Shell.Hosting;

/// <summary>The PowerShell host of this program.</summary>
internal sealed class ShellHost : PSHost
{
    /// <summary>Creates the host on the process's console.</summary>
    public ShellHost()
    {
        Terminal = new Terminal();
        UI = new ShellUserInterface(Terminal);
    }

    /// <summary>The console behind the host.</summary>
    public Terminal Terminal { get; }

    /// <summary>What <c>exit</c> asked for; null while nothing has.</summary>
    public int? ExitCode { get; set; }

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => EnglishCulture.Instance;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override string Name => "ComposeLab.Shell";

    /// <inheritdoc/>
    public override PSHostUserInterface UI { get; }

    /// <inheritdoc/>
    public override Version Version { get; } = new(1, 0);

    /// <inheritdoc/>
    public override void EnterNestedPrompt() =>
        throw new NotSupportedException("This shell has no nested prompt. Answer with Yes or No, or use pwsh.");

    /// <inheritdoc/>
    public override void ExitNestedPrompt()
    {
    }

    /// <inheritdoc/>
    public override void NotifyBeginApplication() => Terminal.ClearProgress();

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;
}
