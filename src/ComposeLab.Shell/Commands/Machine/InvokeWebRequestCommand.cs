using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Machine;

/// <summary>Sends an HTTP request and gives the answer.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "WebRequest")]
internal sealed class InvokeWebRequestCommand : WebCommand
{
    /// <summary>Accepted because scripts give it; nothing is parsed here.</summary>
    [Parameter]
    public SwitchParameter UseBasicParsing { get; set; }

    /// <inheritdoc/>
    protected override void Answer(HttpResponseMessage response, string text)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => header.Value.ToArray(), StringComparer.OrdinalIgnoreCase);
        var result = new PSObject();
        result.Properties.Add(new PSNoteProperty("StatusCode", (int)response.StatusCode));
        result.Properties.Add(new PSNoteProperty("StatusDescription", response.ReasonPhrase));
        result.Properties.Add(new PSNoteProperty("Content", text));
        result.Properties.Add(new PSNoteProperty("Headers", headers));
        WriteObject(result);
    }
}
