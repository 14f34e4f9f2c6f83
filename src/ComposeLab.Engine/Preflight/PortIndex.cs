using System.Net;

namespace ComposeLab.Engine.Preflight;

/// <summary>Holders of ports, looked up by port, protocol and address; the first holder of a port counts.</summary>
/// <typeparam name="T">What holds ports.</typeparam>
internal sealed class PortIndex<T>
    where T : class
{
    private readonly Dictionary<(string Protocol, int Port), Entry> _entries = [];
    private int _added;

    /// <summary>Adds a holder.</summary>
    /// <param name="protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
    /// <param name="port">The port.</param>
    /// <param name="address">The address; empty is every address.</param>
    /// <param name="holder">What holds it.</param>
    public void Add(string protocol, int port, string address, T holder)
    {
        var held = new Held(_added++, holder);
        if (!_entries.TryGetValue((protocol, port), out Entry? entry))
        {
            _entries[(protocol, port)] = entry = new Entry(held);
        }

        if (IsEvery(address))
        {
            entry.Everywhere ??= held;
        }
        else
        {
            entry.ByAddress.TryAdd(Normal(address), held);
        }
    }

    /// <summary>Finds who holds a port.</summary>
    /// <param name="protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
    /// <param name="port">The port.</param>
    /// <param name="address">The address; empty is every address.</param>
    /// <returns>The first holder; null when the port is free.</returns>
    public T? Find(string protocol, int port, string address)
    {
        if (!_entries.TryGetValue((protocol, port), out Entry? entry))
        {
            return null;
        }

        if (IsEvery(address))
        {
            return entry.First.Holder;
        }

        Held? own = entry.ByAddress.GetValueOrDefault(Normal(address));
        return own is null || entry.Everywhere?.Order < own.Order ? entry.Everywhere?.Holder : own.Holder;
    }

    private static bool IsEvery(string address) => address is "" or "0.0.0.0" or "::";

    private static string Normal(string address) => IPAddress.TryParse(address, out IPAddress? parsed) ? parsed.MapToIPv6().ToString() : address;

    private sealed record Held(int Order, T Holder);

    private sealed class Entry(Held first)
    {
        public Held First { get; } = first;

        public Held? Everywhere { get; set; }

        public Dictionary<string, Held> ByAddress { get; } = new(StringComparer.Ordinal);
    }
}
