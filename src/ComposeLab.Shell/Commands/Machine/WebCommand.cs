using System.Management.Automation;

namespace ComposeLab.Shell.Commands.Machine;

/// <summary>A command that sends one HTTP request.</summary>
internal abstract class WebCommand : PSCmdlet
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>The address.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public Uri Uri { get; set; } = new("http://localhost");

    /// <summary>The request's method.</summary>
    [Parameter]
    public string Method { get; set; } = "GET";

    /// <summary>The request's headers.</summary>
    [Parameter]
    public System.Collections.IDictionary Headers { get; set; } = new System.Collections.Hashtable();

    /// <summary>The request's body, as text.</summary>
    [Parameter(ValueFromPipeline = true)]
    public string? Body { get; set; }

    /// <summary>The body's media type.</summary>
    [Parameter]
    public string ContentType { get; set; } = "application/json";

    /// <summary>How long to wait, in seconds; 0 waits 100 seconds.</summary>
    [Parameter]
    [Alias("ConnectionTimeoutSeconds")]
    [ValidateRange(0, int.MaxValue / 1000)]
    public int TimeoutSec { get; set; }

    /// <summary>Takes an answer like 404 for a result, not for an error.</summary>
    [Parameter]
    public SwitchParameter SkipHttpErrorCheck { get; set; }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(TimeoutSec > 0 ? TimeoutSec : 100) };
        using var request = new HttpRequestMessage(new HttpMethod(Method.ToUpperInvariant()), Uri);
        foreach (System.Collections.DictionaryEntry header in Headers)
        {
            request.Headers.TryAddWithoutValidation(header.Key.ToString()!, header.Value?.ToString());
        }

        if (Body is not null)
        {
            request.Content = new StringContent(Body, System.Text.Encoding.UTF8, ContentType);
        }

        try
        {
            using var response = client.Send(request, HttpCompletionOption.ResponseContentRead, _stop.Token);
            using var reader = new StreamReader(response.Content.ReadAsStream(_stop.Token));
            var text = reader.ReadToEnd();
            if (!response.IsSuccessStatusCode && !SkipHttpErrorCheck)
            {
                Fail(new HttpRequestException(
                    $"Response status code does not indicate success: {(int)response.StatusCode} ({response.ReasonPhrase}).", null, response.StatusCode), text);
            }

            Answer(response, text);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or IOException && !_stop.IsCancellationRequested)
        {
            Fail(fault, "");
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Writes what the command is for.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="text">Its body.</param>
    protected abstract void Answer(HttpResponseMessage response, string text);

    private void Fail(Exception fault, string text)
    {
        var record = new ErrorRecord(fault, "WebCmdletWebResponseException", ErrorCategory.InvalidOperation, Uri);
        if (text.Length > 0)
        {
            record.ErrorDetails = new ErrorDetails(text);
        }

        ThrowTerminatingError(record);
    }
}
