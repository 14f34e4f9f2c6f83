using System.Net;
using System.Net.Sockets;

namespace ComposeLab.Compose.Units;

/// <summary>Addresses as the reference reads them: .NET also accepts octal and hexadecimal parts, fewer than four parts, brackets and zones.</summary>
internal static class IpAddressText
{
    /// <summary>Whether a text is an address.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True for four decimal numbers, or for an address of version 6 without brackets and zone.</returns>
    public static bool IsAddress(string text) => IPAddress.TryParse(text, out IPAddress? address)
        && (address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() == text : !text.AsSpan().ContainsAny('[', '%'));
}
