using ComposeLab.Api.Hosting;

namespace ComposeLab.Api.Database;

/// <summary>
/// The address of the database and the login, from the environment. <c>DATABASE_URL</c> contains the URL, or <c>DATABASE_URL_FILE</c> the path of a
/// file with the URL. The password is in the URL, in <c>DATABASE_PASSWORD</c>, or in the file named by <c>DATABASE_PASSWORD_FILE</c>. With a file, it
/// is not part of the environment, which <c>docker inspect</c> shows.
/// </summary>
/// <param name="Address">The server, user and database; null if no URL is set.</param>
/// <param name="Password">The password, read for each new connection so that a changed file applies without a restart; null for none.</param>
internal sealed record DatabaseSettings(DatabaseAddress? Address, Func<string>? Password)
{
    private const string UrlVariable = "DATABASE_URL";
    private const string PasswordVariable = "DATABASE_PASSWORD";

    /// <summary>Reads the settings.</summary>
    /// <param name="variable">Returns an environment variable's value, or null.</param>
    /// <returns>The settings; without an address when neither variable of the URL is set.</returns>
    /// <exception cref="SettingException">The URL is malformed, a named file cannot be read, or a value is given twice.</exception>
    public static DatabaseSettings Read(Func<string, string?> variable)
    {
        var url = Source(variable, UrlVariable);
        if (url is null)
        {
            return new DatabaseSettings(null, null);
        }

        var address = DatabaseUrl.Parse(url());
        var password = Source(variable, PasswordVariable);
        if (password is not null && address.Password is not null)
        {
            throw new SettingException(PasswordVariable, $"expected one password, found a second one in {UrlVariable}. Remove one of them.");
        }

        return new DatabaseSettings(address, password ?? (address.Password is { } given ? () => given : null));
    }

    private static Func<string>? Source(Func<string, string?> variable, string name)
    {
        var value = NonEmpty(variable(name));
        var fileVariable = $"{name}_FILE";
        var file = NonEmpty(variable(fileVariable));
        if (file is null)
        {
            return value is null ? null : () => value;
        }

        if (value is not null)
        {
            throw new SettingException(fileVariable, $"expected either {name} or {fileVariable}, found both. Remove one of them.");
        }

        ReadFile(fileVariable, file);
        return () => ReadFile(fileVariable, file);
    }

    private static string? NonEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static string ReadFile(string variable, string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(variable, $"expected a readable file, found '{file}': {Reason(fault)}.");
        }
    }

    private static string Reason(Exception fault) => fault switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "this user may not read it",
        _ => "it cannot be read",
    };
}
