using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Machine;

/// <summary>Sends an HTTP request and gives the answer's body; JSON becomes objects.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "RestMethod")]
internal sealed class InvokeRestMethodCommand : WebCommand
{
    /// <inheritdoc/>
    protected override void Answer(HttpResponseMessage response, string text)
    {
        if (response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true)
        {
            WriteObject(text);
            return;
        }

        using var document = System.Text.Json.JsonDocument.Parse(text);
        WriteObject(Data.JsonReader.Read(document.RootElement, asTable: false), enumerateCollection: true);
    }
}
