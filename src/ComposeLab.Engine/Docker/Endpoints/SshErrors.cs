using System.Text;

namespace ComposeLab.Engine.Docker;

/// <summary>The error output of the ssh program, and what it means.</summary>
internal sealed class SshErrors
{
    private const int Longest = 8_000;

    private readonly StringBuilder _text = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was printed so far, at most 8,000 characters.</summary>
    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString().Trim();
            }
        }
    }

    /// <summary>Completes when the first program has closed its error output.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Forgets what was printed.</summary>
    public void Clear()
    {
        lock (_text)
        {
            _text.Clear();
        }
    }

    /// <summary>Reads the error output of a program to its end.</summary>
    /// <param name="reader">The output.</param>
    /// <returns>Completes at its end.</returns>
    public async Task ReadAsync(StreamReader reader)
    {
        try
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                lock (_text)
                {
                    if (_text.Length < Longest)
                    {
                        _text.AppendLine(line);
                    }
                }
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The program ended.
        }

        _ended.TrySetResult();
    }

    /// <summary>The error for what ssh or the docker program of the other side printed.</summary>
    /// <param name="endpoint">The engine.</param>
    /// <param name="said">The error output.</param>
    /// <param name="fault">The exception of the connection; may be null.</param>
    /// <returns>The error.</returns>
    public static EngineException Of(EngineEndpoint endpoint, string said, Exception? fault)
    {
        bool Says(string words) => said.Contains(words, StringComparison.OrdinalIgnoreCase);
        string login = Login(endpoint.Address);
        if (Says("REMOTE HOST IDENTIFICATION HAS CHANGED"))
        {
            return Error(
                EngineErrorId.EngineNotTrusted,
                "its host key is not the one that is known for it. Either the machine was set up again, or another machine answers in its place",
                "Ask the owner of the machine for the fingerprint of its new key before you remove the old one with ssh-keygen -R");
        }

        if (Says("Host key verification failed") || Says("No matching host key") || Says("key is not known"))
        {
            return Error(
                EngineErrorId.EngineNotTrusted, "its host key is not known on this machine", $"{login}; ssh shows the fingerprint and asks once");
        }

        if (Says("Permission denied") && !Says("docker.sock"))
        {
            return Error(EngineErrorId.EngineAccessDenied, "ssh refused the login: " + Last(said), $"{login} true; a key or an agent must make this work without a question");
        }

        if (Says("docker.sock") && Says("permission denied"))
        {
            return Error(EngineErrorId.EngineAccessDenied, "the login has no access to the Docker socket of that machine", $"{login} id; the user must be in the group docker, and log in again");
        }

        if (Says("docker: command not found") || Says("docker: not found") || Says("dial-stdio: command not found"))
        {
            return Error(EngineErrorId.EngineUnreachable, "forwarding its socket did not work, and the docker program was not found there", $"{login} docker version");
        }

        string why = Says("Could not resolve hostname") ? "the host name is unknown"
            : Says("Connection refused") ? "nothing accepts ssh connections there"
            : Says("timed out") ? "it did not answer in time"
            : Says("No route to host") || Says("Network is unreachable") ? "there is no route to it"
            : Says("administratively prohibited") ? "the ssh server does not allow to forward the socket"
            : Says("open failed") ? "the login works, but nothing answers at the engine's socket there"
            : Says("Cannot connect to the Docker daemon") || Says("failed to connect to the docker API") ? "the login works, but the Docker engine of that machine does not answer"
            : said.Length > 0 ? "ssh said: " + Last(said)
            : "the connection was lost";
        return Error(EngineErrorId.EngineUnreachable, why, $"{login} docker version");

        EngineException Error(EngineErrorId id, string clause, string recommendation) =>
            new(id, $"No Docker engine answers at {endpoint}: {clause}.", recommendation, fault);
    }

    // The command that a person types to try the login.
    private static string Login(Uri address)
    {
        string user = address.UserInfo.Length > 0 ? Uri.UnescapeDataString(address.UserInfo) + "@" : "";
        string port = !address.IsDefaultPort && address.Port > 0 ? $"-p {address.Port} " : "";
        return IsPlain(user + address.Host) ? $"ssh {port}{user}{address.Host}" : "ssh";
    }

    private static bool IsPlain(string text) => text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' or '@' or ':' or '[' or ']');

    private static string Last(string said) => said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
}
