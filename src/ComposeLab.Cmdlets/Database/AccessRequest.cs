namespace ComposeLab.Database;

/// <summary>Where and how to log in to a stack's database.</summary>
/// <param name="Database">The database; null is the service's own.</param>
/// <param name="FromInside">Whether to come from the container's loopback, where the official image asks for no password.</param>
internal sealed record AccessRequest(string? Database = null, bool FromInside = false);
