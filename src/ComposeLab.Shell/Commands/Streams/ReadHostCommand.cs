using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Streams;

/// <summary>Asks for a line.</summary>
[Cmdlet(VerbsCommunications.Read, "Host")]
internal sealed class ReadHostCommand : PSCmdlet
{
    /// <summary>The question.</summary>
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    [AllowNull]
    public object? Prompt { get; set; }

    /// <summary>Does not show what is typed, and returns a secure string.</summary>
    [Parameter]
    public SwitchParameter AsSecureString { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Prompt is not null)
        {
            Host.UI.Write($"{LanguagePrimitives.ConvertTo<string>(Prompt)}: ");
        }

        WriteObject(AsSecureString ? Host.UI.ReadLineAsSecureString() : Host.UI.ReadLine());
    }
}
