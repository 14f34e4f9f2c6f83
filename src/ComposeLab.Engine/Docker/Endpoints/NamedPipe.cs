using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ComposeLab.Engine.Docker;

/// <summary>The named pipes of this machine.</summary>
internal static class NamedPipe
{
    private const int FileNotFound = 2;

    /// <summary>Whether a pipe exists. A client that connects waits for one that does not, in case it is created.</summary>
    /// <param name="address">The address, <c>npipe://./pipe/NAME</c>.</param>
    /// <returns>True also if all of its instances are in use, and for a pipe of another machine.</returns>
    [SupportedOSPlatform("windows")]
    public static bool Exists(Uri address) =>
        address.Host != "." || WaitNamedPipe(@"\\.\pipe\" + address.AbsolutePath["/pipe/".Length..].Replace('/', '\\'), 1) || Marshal.GetLastPInvokeError() != FileNotFound;

    [DllImport("kernel32", EntryPoint = "WaitNamedPipeW", CharSet = CharSet.Unicode, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool WaitNamedPipe(string name, uint milliseconds);
}
