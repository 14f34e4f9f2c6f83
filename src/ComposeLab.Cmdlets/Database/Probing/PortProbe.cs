using System.Net.Sockets;
using System.Text;
using ComposeLab.Database.Routes;

namespace ComposeLab.Database.Probing;

/// <summary>Finds out whether an HTTP server answers at an address inside the stack.</summary>
internal static class PortProbe
{
    /// <summary>Requests a page and waits for the first bytes of an answer.</summary>
    /// <param name="route">The route.</param>
    /// <param name="limit">The time limit.</param>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>True if an HTTP server answers.</returns>
    public static async Task<bool> SpeaksHttpAsync(IDatabaseRoute route, TimeSpan limit, CancellationToken token)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(token);
        clock.CancelAfter(limit);
        try
        {
            await using Stream stream = await route.ConnectAsync(clock.Token).ConfigureAwait(false);
            await stream.WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), clock.Token).ConfigureAwait(false);
            var answer = new byte[5];
            int count = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, clock.Token).ConfigureAwait(false);
            return Encoding.ASCII.GetString(answer, 0, count) == "HTTP/";
        }
        catch (Exception silent) when (!token.IsCancellationRequested && silent is OperationCanceledException or IOException or SocketException)
        {
            return false;
        }
    }

    /// <summary>Finds out whether anything listens at an address inside the stack.</summary>
    /// <param name="route">The route.</param>
    /// <param name="limit">The time limit.</param>
    /// <param name="token">Cancels the attempt.</param>
    /// <returns>False if the connection is refused; true if it is accepted, whatever happens then.</returns>
    public static async Task<bool> ListensAsync(IDatabaseRoute route, TimeSpan limit, CancellationToken token)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(token);
        clock.CancelAfter(limit);
        try
        {
            await using Stream stream = await route.ConnectAsync(clock.Token).ConfigureAwait(false);
            int count = await stream.ReadAsync(new byte[1], clock.Token).ConfigureAwait(false);
            return count > 0 || LoginFaults.OfComplaint(route.Complaint) != LoginFault.Refused;
        }
        catch (Exception silent) when (!token.IsCancellationRequested && silent is OperationCanceledException or IOException or SocketException)
        {
            return LoginFaults.OfComplaint(route.Complaint) != LoginFault.Refused;
        }
    }
}
