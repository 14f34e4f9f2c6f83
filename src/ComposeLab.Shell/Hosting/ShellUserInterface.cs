using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace ComposeLab.Shell.Hosting;

/// <summary>What the session shows and asks.</summary>
/// <param name="terminal">The console behind it.</param>
internal sealed class ShellUserInterface(Terminal terminal) : PSHostUserInterface
{
    private readonly Questions _questions = new(terminal);

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface(terminal);

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => terminal.Colours;

    /// <inheritdoc/>
    public override void Write(string value) => terminal.Write(value);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        terminal.Write(Coloured(value, PSStyle.MapForegroundColorToEscapeSequence(foregroundColor)));

    /// <inheritdoc/>
    public override void WriteLine(string value) => terminal.Write(value + "\n");

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => terminal.WriteErrorLine(value);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WritePrefixed("DEBUG", message, PSStyle.Instance.Formatting.Debug);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WritePrefixed("VERBOSE", message, PSStyle.Instance.Formatting.Verbose);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WritePrefixed("WARNING", message, PSStyle.Instance.Formatting.Warning);

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record) => terminal.ShowProgress(sourceId, record);

    /// <inheritdoc/>
    public override string ReadLine() => _questions.ReadLine();

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => _questions.ReadSecret();

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        _questions.AskFields(caption, message, descriptions);

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        _questions.AskChoice(caption, message, choices, defaultChoice);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
    {
        terminal.Write($"{caption}\n{message}\nUser: ");
        var user = string.IsNullOrEmpty(userName) ? ReadLine() : userName;
        terminal.Write($"Password for user {user}: ");
        return new PSCredential(user, ReadLineAsSecureString());
    }

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) =>
        PromptForCredential(caption, message, userName, targetName);

    private static string Coloured(string value, string style) => $"{style}{value}{PSStyle.Instance.Reset}";

    private void WritePrefixed(string prefix, string message, string style) =>
        terminal.Write(Coloured($"{prefix}: {message}", style) + "\n");
}
