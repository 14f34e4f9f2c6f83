using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using ComposeLab.Compose.Files;
using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Images.Credentials;

/// <summary>
/// Uses a credential helper. The protocol: <c>docker-credential-NAME get</c>, the registry on standard input, JSON with Username and Secret on standard
/// output; the user <c>&lt;token&gt;</c> marks an identity token.
/// </summary>
internal static class CredentialHelper
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    /// <summary>Gets a credential.</summary>
    /// <param name="name">The helper's name, without <c>docker-credential-</c>.</param>
    /// <param name="registry">The registry.</param>
    /// <param name="environment">The OS environment; PATH contains the folders of helpers.</param>
    /// <param name="token">Cancels the helper.</param>
    /// <returns>The credential; null if the helper has none.</returns>
    /// <exception cref="EngineException">ImagePullFailed: the helper does not exist, does not answer, or its answer is invalid.</exception>
    public static async Task<RegistryCredential?> GetAsync(
        string name, string registry, IReadOnlyDictionary<string, string> environment, CancellationToken token)
    {
        string program = $"docker-credential-{name}";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(AnswerLimit);
        try
        {
            string file = InstalledProgram.Find(program, environment) ?? throw Fault(program, "it cannot be run", null);
            (int code, string answer) = await RunAsync(file, registry, environment, limit.Token).ConfigureAwait(false);
            return code == 0 ? Read(registry, answer)
                : answer.Contains("not found", StringComparison.OrdinalIgnoreCase) ? null : throw Fault(program, $"it exited with code {code}", null);
        }
        catch (Exception fault) when (fault is Win32Exception or IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The output of a helper may contain the secret: only the kind of the error is reported.
            throw fault is Win32Exception
                ? Fault(program, "it cannot be run", fault)
                : Fault(program, "its answer does not follow the protocol", null);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw Fault(program, $"it did not answer within {AnswerLimit.TotalSeconds:0} seconds", null);
        }
    }

    private static async Task<(int Code, string Answer)> RunAsync(
        string program, string registry, IReadOnlyDictionary<string, string> environment, CancellationToken token)
    {
        ProcessStartInfo start = InstalledProgram.Redirected(program, ["get"]);
        start.Environment.Clear();
        foreach ((string variable, string value) in environment)
        {
            start.Environment[variable] = value;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException("no process");
        try
        {
            await AskAsync(process.StandardInput, registry, token).ConfigureAwait(false);
            Task<string> errors = process.StandardError.ReadToEndAsync(token);
            string answer = await process.StandardOutput.ReadToEndAsync(token).ConfigureAwait(false);
            answer += await errors.ConfigureAwait(false) is var said && answer.Length == 0 ? said : "";
            await process.WaitForExitAsync(token).ConfigureAwait(false);
            return (process.ExitCode, answer);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static async Task AskAsync(StreamWriter input, string registry, CancellationToken token)
    {
        try
        {
            await input.WriteAsync(registry.AsMemory(), token).ConfigureAwait(false);
            input.Close();
        }
        catch (IOException)
        {
            // A helper may answer without reading its input.
        }
    }

    private static RegistryCredential? Read(string registry, string answer)
    {
        using JsonDocument document = JsonDocument.Parse(answer);
        string user = document.RootElement.GetProperty("Username").GetString() ?? "";
        string secret = document.RootElement.GetProperty("Secret").GetString() ?? "";
        return user == "<token>"
            ? new RegistryCredential { Server = registry, IdentityToken = secret }
            : user.Length == 0 ? null : new RegistryCredential { Server = registry, UserName = user, Password = secret };
    }

    private static EngineException Fault(string program, string why, Exception? inner) => new(
        EngineErrorId.ImagePullFailed,
        $"Cannot get a credential from {program}, which the docker configuration uses: {why}.",
        $"Install {program}, or remove it from credsStore and credHelpers in docker's config.json",
        inner);
}
