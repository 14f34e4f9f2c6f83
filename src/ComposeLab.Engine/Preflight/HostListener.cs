using System.Net;

namespace ComposeLab.Engine.Preflight;

/// <summary>A port of this machine that is taken.</summary>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="End">The address and port.</param>
internal sealed record HostListener(string Protocol, IPEndPoint End);
