namespace ComposeLab.Database.Logins;

/// <summary>How a service logs in to its database, and which variables say so.</summary>
/// <param name="Login">The login.</param>
/// <param name="Variable">The variable that names the server.</param>
/// <param name="PasswordVariable">The variable that holds the password; null when none does.</param>
internal sealed record ClientLogin(DatabaseLogin Login, string Variable, string? PasswordVariable);
