namespace ComposeLab.Compose.Rules.Ports;

/// <summary>The ports of this machine that were given out so far, as intervals.</summary>
internal sealed class TakenPorts
{
    // Of every address together, of the ports that are published on every address, and of each address alone.
    private readonly Dictionary<string, PortIntervals> _any = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PortIntervals> _everywhere = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Protocol, string Address), PortIntervals> _byAddress = [];

    /// <summary>Finds who has one of the wanted ports.</summary>
    /// <param name="wanted">The wanted ports.</param>
    /// <returns>The ports given out that meet them; null when all are free.</returns>
    public PublishedPort? Find(PublishedPort wanted)
    {
        string protocol = Protocol(wanted);
        return PublishedPort.IsEverywhere(wanted.Definition.HostIp)
            ? _any.GetValueOrDefault(protocol)?.Find(wanted)
            : _everywhere.GetValueOrDefault(protocol)?.Find(wanted) ?? _byAddress.GetValueOrDefault((protocol, wanted.Definition.HostIp!))?.Find(wanted);
    }

    /// <summary>Gives ports out.</summary>
    /// <param name="port">The ports.</param>
    public void Add(PublishedPort port)
    {
        string protocol = Protocol(port);
        In(_any, protocol).Add(port);
        if (PublishedPort.IsEverywhere(port.Definition.HostIp))
        {
            In(_everywhere, protocol).Add(port);
        }
        else
        {
            In(_byAddress, (protocol, port.Definition.HostIp!)).Add(port);
        }
    }

    private static string Protocol(PublishedPort port) => port.Definition.Protocol ?? "tcp";

    private static PortIntervals In<TKey>(Dictionary<TKey, PortIntervals> all, TKey key)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out PortIntervals? intervals))
        {
            all[key] = intervals = new PortIntervals();
        }

        return intervals;
    }
}

/// <summary>Intervals of ports that do not meet, each with who has it.</summary>
internal sealed class PortIntervals
{
    private readonly SortedSet<Interval> _intervals = new(Comparer<Interval>.Create((one, other) => one.Last.CompareTo(other.Last)));

    /// <summary>Finds the lowest interval that meets ports.</summary>
    /// <param name="port">The ports.</param>
    /// <returns>Who has it; null when none does.</returns>
    public PublishedPort? Find(PublishedPort port) => port is { First: { } first, Last: { } last } ? Meeting(first, last)?.Holder : null;

    /// <summary>Adds ports. They replace those that they meet, unless one interval holds them all.</summary>
    /// <param name="port">The ports.</param>
    public void Add(PublishedPort port)
    {
        if (port is not { First: { } first, Last: { } last } || last < first || (Meeting(first, last) is { } known && known.First <= first && last <= known.Last))
        {
            return;
        }

        // What is left of those that stick out stays: each port has one holder, so the number of intervals grows by two at most.
        while (Meeting(first, last) is { } met)
        {
            _intervals.Remove(met);
            if (met.First < first)
            {
                _intervals.Add(met with { Last = first - 1 });
            }

            if (met.Last > last)
            {
                _intervals.Add(met with { First = last + 1 });
            }
        }

        _intervals.Add(new Interval(first, last, port));
    }

    private Interval? Meeting(int first, int last) =>
        _intervals.Max is { } highest && highest.Last >= first && _intervals.GetViewBetween(new Interval(first, first, null!), highest).Min is { } found && found.First <= last
            ? found
            : null;

    private sealed record Interval(int First, int Last, PublishedPort Holder);
}
