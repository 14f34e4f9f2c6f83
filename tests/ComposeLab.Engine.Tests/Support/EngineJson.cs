using System.Net.Sockets;
using System.Text.Json;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Support;

/// <summary>Queries the engine without the code under test, so that both cannot be wrong in the same way.</summary>
internal static class EngineJson
{
    /// <summary>Reads one of the engine's answers.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="path">The path of the API, such as <c>/containers/NAME/json</c>.</param>
    public static async Task<JsonElement> GetAsync(IEngine engine, string path)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(engine.Info.Endpoint.Address.AbsolutePath), token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler);
        using JsonDocument document = JsonDocument.Parse(await client.GetStringAsync("http://engine" + path));
        return document.RootElement.Clone();
    }

    /// <summary>Finds a value.</summary>
    /// <param name="element">Where to begin.</param>
    /// <param name="path">Keys and list positions, separated by blanks.</param>
    /// <returns>The value as compact JSON without quotes; <c>(none)</c> if there is none.</returns>
    public static string At(JsonElement element, string path)
    {
        foreach (string step in path.Split(' '))
        {
            if (element.ValueKind == JsonValueKind.Array && int.TryParse(step, out int index) && index < element.GetArrayLength())
            {
                element = element[index];
            }
            else if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step, out element))
            {
                return "(none)";
            }
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString()! : JsonSerializer.Serialize(element).Replace("\"", "'", StringComparison.Ordinal);
    }
}
