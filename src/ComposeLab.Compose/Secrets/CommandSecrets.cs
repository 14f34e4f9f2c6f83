namespace ComposeLab.Compose.Secrets;

/// <summary>Finds the words of a command line that are secrets because of the option before them: <c>redis-cli -a X</c>, <c>--password X</c>.</summary>
internal static class CommandSecrets
{
    // The meaning of the short options of known clients.
    private static readonly Dictionary<string, Client> Clients = new(StringComparer.OrdinalIgnoreCase)
    {
        ["redis-cli"] = new(["-a"]),
        ["valkey-cli"] = new(["-a"]),
        ["keydb-cli"] = new(["-a"]),
        ["mysql"] = new([], Glued: "-p"),
        ["mysqladmin"] = new([], Glued: "-p"),
        ["mysqldump"] = new([], Glued: "-p"),
        ["mariadb"] = new([], Glued: "-p"),
        ["mariadb-admin"] = new([], Glued: "-p"),
        ["mariadb-dump"] = new([], Glued: "-p"),
        ["mongo"] = new(["-p"]),
        ["mongosh"] = new(["-p"]),
        ["mongodump"] = new(["-p"]),
        ["mongorestore"] = new(["-p"]),
        ["mongoexport"] = new(["-p"]),
        ["mongoimport"] = new(["-p"]),
        ["sshpass"] = new(["-p"], Glued: "-p"),
        ["curl"] = new(["-u", "--user", "-U", "--proxy-user"], After: ':'),
        ["wget"] = new([]),
        ["docker"] = new([]),
        ["login"] = new(["-p"]),
        ["ldapsearch"] = new(["-w"]),
        ["ldapadd"] = new(["-w"]),
        ["ldapmodify"] = new(["-w"]),
        ["ldapwhoami"] = new(["-w"]),
        ["smbclient"] = new(["-U"], After: '%'),
        ["mosquitto_pub"] = new(["-P"]),
        ["mosquitto_sub"] = new(["-P"]),
        ["sqlcmd"] = new(["-P"]),
        ["rabbitmqadmin"] = new(["-p"]),
        ["openssl"] = new([], Glued: "pass:"),
    };

    /// <summary>Whether a text may contain a call of a known client.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True if it contains the name of one.</returns>
    public static bool MayCallClient(string text) => Clients.Keys.Any(name => text.Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Finds the secret part of each word.</summary>
    /// <param name="words">The words, without quotes.</param>
    /// <returns>For each word the index at which its secret begins; -1 for none.</returns>
    public static int[] Starts(IReadOnlyList<string> words)
    {
        int[] starts = new int[words.Count];
        Client? client = null;
        bool expected = false;
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            starts[i] = -1;
            if (expected && word is [not ('-' or '$'), ..])
            {
                starts[i] = client is { After: { } sign } && client.Options.Contains(words[i - 1]) ? word.IndexOf(sign, StringComparison.Ordinal) + 1 : 0;
                starts[i] = starts[i] == 0 && client is { After: not null } && client.Options.Contains(words[i - 1]) ? -1 : starts[i];
                expected = false;
                continue;
            }

            client = Clients.GetValueOrDefault(word[(word.LastIndexOf('/') + 1)..]) ?? client;
            expected = IsSecretOption(word) || (client?.Options.Contains(word) ?? false);
            if (client is { Glued: { } glued } && word.Length > glued.Length && word.StartsWith(glued, StringComparison.Ordinal) && word[glued.Length] != '$')
            {
                starts[i] = glued.Length;
            }
        }

        return starts;
    }

    private static bool IsSecretOption(string word) => word.StartsWith('-') && !word.Contains('=', StringComparison.Ordinal) && SecretNames.IsSecret(word.TrimStart('-'));

    /// <summary>The password options of a client.</summary>
    /// <param name="Options">The options whose next word is a password.</param>
    /// <param name="Glued">The option that contains the password in the same word.</param>
    /// <param name="After">The sign after which the password begins in the next word; null if the whole word is a password.</param>
    private sealed record Client(string[] Options, string? Glued = null, char? After = null);
}
