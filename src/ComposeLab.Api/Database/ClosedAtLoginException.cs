namespace ComposeLab.Api.Database;

/// <summary>The server took the connection and closed it before it had said a word: in use, the same would be a broken connection.</summary>
/// <param name="fault">What the client threw.</param>
internal sealed class ClosedAtLoginException(Exception fault) : Exception("The server closed the connection at login.", fault);
