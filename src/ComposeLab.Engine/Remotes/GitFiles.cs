using System.ComponentModel;
using System.Diagnostics;
using ComposeLab.Compose.Files;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Normalizing;

namespace ComposeLab.Engine.Remotes;

/// <summary>Fetches one version of a git repository with the user's git program: without its history, without a prompt, within two minutes.</summary>
/// <param name="environment">The OS environment.</param>
/// <param name="cache">The folder for fetched files.</param>
internal sealed class GitFiles(IReadOnlyDictionary<string, string> environment, string cache)
{
    private const int ShownLines = 5;
    private const string Peeled = "^{}";
    private const string NotInstalled = "the git program is not installed";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Fetches the files of a reference.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="token">Cancels it: git is ended.</param>
    /// <returns>The path of the Compose file.</returns>
    /// <exception cref="EngineException">GitFailed.</exception>
    public string Fetch(RemoteReference reference, CancellationToken token)
    {
        if (reference.Address.StartsWith('-') || reference.Version?.StartsWith('-') == true)
        {
            throw Failed(reference, "its address or version begins with a hyphen");
        }

        string root = Path.Combine(cache, "git");
        string commit = reference.IsPinned ? reference.Version! : Resolve(reference, token);
        string folder = Path.Combine(root, commit);
        if (!Directory.Exists(folder))
        {
            RemoteFolder.Fill(
                folder,
                draft =>
                {
                    Run(reference, draft, ["init", "--quiet", "."], token);
                    Run(reference, draft, ["fetch", "--quiet", "--depth", "1", "--no-tags", "--", reference.Address, commit], token);
                    if (Run(reference, draft, ["rev-parse", "FETCH_HEAD^{commit}"], token).Trim() is var found && found != commit)
                    {
                        throw Failed(reference, $"expected the commit {commit}, found {found}");
                    }

                    Run(reference, draft, ["-c", "advice.detachedHead=false", "checkout", "--quiet", "FETCH_HEAD"], token);
                    return draft;
                },
                reference.Text);
        }

        return FileIn(reference, folder);
    }

    private static string FileIn(RemoteReference reference, string folder)
    {
        string inside = Path.GetFullPath(Path.Combine(folder, reference.Folder?.TrimStart('/') ?? "."));
        // Only the full path of Windows has no short names.
        bool isOutside = !HostPaths.Current.IsAtOrBelow(inside, Path.GetFullPath(folder));
        string? file = isOutside ? null : File.Exists(inside) ? inside : BaseFileSearch.Names.Select(name => Path.Combine(inside, name)).FirstOrDefault(File.Exists);
        if (file is null)
        {
            throw Failed(reference, $"the repository has no Compose file in '{reference.Folder ?? "."}'");
        }

        return file;
    }

    private string Resolve(RemoteReference reference, CancellationToken token)
    {
        string version = reference.Version ?? "HEAD";
        string answer = Run(reference, Path.GetTempPath(), ["ls-remote", "--quiet", "--", reference.Address, version, version + Peeled], token);
        Dictionary<string, string> commits = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))
            .Where(line => line is [{ Length: 40 or 64 } commit, _] && commit.All(char.IsAsciiHexDigit)).ToDictionary(line => line[1].TrimEnd('\r'), line => line[0], StringComparer.Ordinal);
        // Git also lists the names that end like this one, such as the branch feature/main for main. An annotated tag is an object of its own; its commit has another line.
        string[] names = [version, $"refs/{version}", $"refs/tags/{version}", $"refs/heads/{version}"];
        return names.SelectMany(name => new[] { name + Peeled, name }).Select(commits.GetValueOrDefault).FirstOrDefault(commit => commit is not null) ?? throw Failed(reference, $"the repository has no version '{version}'");
    }

    private string Run(RemoteReference reference, string folder, IReadOnlyList<string> arguments, CancellationToken token)
    {
        // A link in a repository must not make a file of this machine a part of the project: links become files with their targets as text.
        string program = InstalledProgram.Find("git", environment) ?? throw Failed(reference, NotInstalled);
        ProcessStartInfo start = InstalledProgram.Redirected(program, ["-c", "core.hooksPath=/dev/null", "-c", "protocol.ext.allow=never", "-c", "core.symlinks=false", .. arguments]);
        start.WorkingDirectory = folder;
        start.Environment.Clear();
        foreach ((string name, string value) in environment.Where(variable => !IsOfAnotherRepository(variable.Key)))
        {
            start.Environment[name] = value;
        }

        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_ASKPASS"] = "";
        start.Environment["SSH_ASKPASS_REQUIRE"] = "never";
        start.Environment["GIT_LFS_SKIP_SMUDGE"] = "1";
        start.Environment.TryAdd("GIT_SSH_COMMAND", "ssh -oBatchMode=yes");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Limit);
        try
        {
            return RunAsync(reference, start, limit.Token).GetAwaiter().GetResult();
        }
        catch (Win32Exception fault)
        {
            throw Failed(reference, NotInstalled, fault);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw Failed(reference, $"git did not end within {Limit.TotalSeconds:0} seconds");
        }
    }

    // A hook around this process sets variables of its own repository.
    private static bool IsOfAnotherRepository(string name) => name is "GIT_DIR" or "GIT_WORK_TREE" or "GIT_INDEX_FILE" or "GIT_OBJECT_DIRECTORY" or "GIT_COMMON_DIR" or "GIT_NAMESPACE";

    private static async Task<string> RunAsync(RemoteReference reference, ProcessStartInfo start, CancellationToken token)
    {
        using Process git = Process.Start(start)!;
        try
        {
            git.StandardInput.Close();
            Task<string> output = git.StandardOutput.ReadToEndAsync(token);
            Task<string> errors = git.StandardError.ReadToEndAsync(token);
            await git.WaitForExitAsync(token).ConfigureAwait(false);
            string words = string.Join(' ', (await errors.ConfigureAwait(false)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(ShownLines));
            return git.ExitCode == 0 ? await output.ConfigureAwait(false) : throw Failed(reference, words.Length > 0 ? words.TrimEnd('.') : $"git exited with code {git.ExitCode}");
        }
        finally
        {
            if (!git.HasExited)
            {
                git.Kill(entireProcessTree: true);
            }
        }
    }

    private static EngineException Failed(RemoteReference reference, string why, Exception? inner = null) => new(
        EngineErrorId.GitFailed,
        $"The repository {Shown(reference.Address)} cannot be fetched: {why.Replace(reference.Address, Shown(reference.Address), StringComparison.Ordinal)}.",
        $"Check the address: git ls-remote {Shown(reference.Address)}",
        inner);

    private static string Shown(string address) => Compose.Secrets.SecretMask.Standard.MaskText(address);
}
