using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ComposeLab.Engine.Tests.Images.Pulling;

/// <summary>
/// A front of a registry that wants bearer tokens, as public registries do. Its login service is on the same host: it gives a token for the requested actions to the
/// user, and to nobody else.
/// </summary>
internal sealed class TokenFront : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _registry = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly string _target;

    /// <summary>Opens the front.</summary>
    /// <param name="registry">The registry behind it.</param>
    public TokenFront(LocalRegistry registry)
    {
        _target = registry.Host;
        Host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{LocalRegistry.FreePort()}");
        _listener.Prefixes.Add($"http://{Host}/");
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Host and port, as in an image name.</summary>
    public string Host { get; }

    /// <summary>How many tokens were given.</summary>
    public int Tokens { get; private set; }

    public void Dispose()
    {
        _listener.Close();
        _registry.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception end) when (end is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        HttpListenerRequest request = context.Request;
        string authorization = request.Headers["Authorization"] ?? "";
        string needed = request.HttpMethod is "GET" or "HEAD" ? "pull" : "push";
        if (request.Url!.AbsolutePath == "/token")
        {
            string login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{LocalRegistry.User}:{LocalRegistry.Password}"));
            bool isUser = authorization == $"Basic {login}";
            Tokens += isUser ? 1 : 0;
            await WriteAsync(context, isUser ? 200 : 401, isUser ? $"{{\"token\":\"for {request.QueryString["scope"]}\"}}" : "{}");
        }
        else if (!authorization.StartsWith("Bearer for ", StringComparison.Ordinal) || !authorization.Contains(needed, StringComparison.Ordinal))
        {
            string repository = request.Url.AbsolutePath.Split('/')[2];
            context.Response.AddHeader("WWW-Authenticate", $"Bearer realm=\"http://{Host}/token\",service=\"test\",scope=\"repository:{repository}:{(needed == "pull" ? "pull" : "pull,push")}\"");
            await WriteAsync(context, 401, "{}");
        }
        else
        {
            await ForwardAsync(context);
        }
    }

    private async Task ForwardAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), $"http://{_target}{context.Request.RawUrl}");
        // The registry makes its links from this name.
        request.Headers.Host = Host;
        request.Headers.TryAddWithoutValidation("Accept", context.Request.Headers.GetValues("Accept") ?? []);
        request.Content = new ByteArrayContent(body.ToArray());
        if (context.Request.ContentType is { } type)
        {
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        using HttpResponseMessage answer = await _registry.SendAsync(request);
        if (answer.Headers.Location is { } location)
        {
            context.Response.AddHeader("Location", location.ToString());
        }

        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await WriteAsync(context, (int)answer.StatusCode, null, await answer.Content.ReadAsByteArrayAsync());
    }

    private static async Task WriteAsync(HttpListenerContext context, int status, string? text, byte[]? bytes = null)
    {
        byte[] body = bytes ?? Encoding.UTF8.GetBytes(text ?? "");
        context.Response.StatusCode = status;
        if (context.Request.HttpMethod != "HEAD")
        {
            context.Response.ContentLength64 = body.Length;
            await context.Response.OutputStream.WriteAsync(body);
        }

        context.Response.Close();
    }
}
