namespace ComposeLab.Api.Database;

/// <summary>The server accepted the connection and closed it without sending anything. On a connection in use, this would be a broken connection.</summary>
/// <param name="fault">The client's exception.</param>
internal sealed class ClosedAtLoginException(Exception fault) : Exception("The server closed the connection at login.", fault);
