namespace ComposeLab.Database;

/// <summary>Where and how to log in to a stack's database.</summary>
/// <param name="Database">The database; null for the default of the service.</param>
/// <param name="FromInside">Whether to connect from the container's loopback, where the official image does not require a password.</param>
internal sealed record AccessRequest(string? Database = null, bool FromInside = false);
