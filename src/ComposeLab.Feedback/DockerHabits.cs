using static ComposeLab.Feedback.DockerOption;

namespace ComposeLab.Feedback;

/// <summary>The commands of docker that have a counterpart in this module.</summary>
internal static class DockerHabits
{
    private const string Policies = "always missing never";

    // Programs that are of no use without a terminal.
    private static readonly string[] Shells = ["sh", "bash", "ash", "dash", "zsh", "fish", "pwsh"];

    private static readonly DockerOption[] Creation =
    [
        On("--build", "Build"), On("--no-build", "NoBuild"), On("--force-recreate", "ForceRecreate"), On("--no-recreate", "NoRecreate"), Value("--pull", "Pull", Policies),
        On("--remove-orphans", "RemoveOrphans"), List("--scale", "Scale"), Ignored("-y --yes --quiet-pull --quiet-build"),
    ];

    private static readonly DockerOption[] Listing = [Ignored("-a --all -q --quiet --no-trunc --orphans"), IgnoredValue("--format")];

    private static readonly DockerHabit[] All =
    [
        new("compose up", "Start-LabStack",
            [
                .. Creation, On("--no-deps", "NoDeps"), On("--no-start", "NoStart"), On("--always-recreate-deps", "AlwaysRecreateDeps"), On("-V --renew-anon-volumes", "RenewAnonymousVolume"),
                On("--abort-on-container-exit", "AbortOnExit"), On("--abort-on-container-failure", "AbortOnFailure"), Value("--exit-code-from", "ExitCodeFrom"), Value("--wait-timeout", "TimeoutSec"),
                Ignored("-d --detach --wait --no-color --no-log-prefix --timestamps --menu"), Ignored("-w --watch"),
            ],
            Up, Changes: true),
        new("compose create", "Start-LabStack", Creation, call => With(call, "NoStart"), Changes: true),
        new("compose start", "Start-LabStack", [Ignored("--wait"), Value("--wait-timeout", "TimeoutSec")], call => With(call, "NoRecreate"), Changes: true),
        new("compose scale", "Start-LabStack", [On("--no-deps", "NoDeps")], Scale, Changes: true),
        new("compose stop", "Stop-LabStack", [Value("-t --timeout", "TimeoutSec")], Changes: true),
        new("compose restart", "Restart-LabStack", [], Changes: true),
        new("compose down", "Remove-LabStack",
            [On("-v --volumes", "RemoveVolume"), Value("--rmi", "RemoveImage", "local all"), On("--remove-orphans", "RemoveOrphans"), Value("-t --timeout", "TimeoutSec")], Changes: true),
        new("compose rm", "Remove-LabStack", [Ignored("-f --force -s --stop")], Rm, Changes: true),
        new("compose kill", "Stop-LabStack", [Value("-s --signal", "Signal")], call => call.Sets("Signal") || With(call, "Kill"), Changes: true),
        new("compose pause", "Suspend-LabStack", [], Changes: true),
        new("compose unpause", "Resume-LabStack", [], Changes: true),
        new("compose wait", "Wait-LabStack", [On("--down-project", "RemoveAfter")], call => With(call, "For", "Exit"), Changes: true),
        new("compose ps", "Get-LabService", Listing),
        new("compose ls", "Get-LabStack", Listing, NoWords, Selects: false),
        new("compose logs", "Get-LabLog",
            [
                On("-f --follow", "Follow"), Value("-n --tail", "Tail"), On("-t --timestamps", "Timestamp"), Value("--since", "Since"), Value("--until", "Until"),
                Ignored("--no-color --no-log-prefix"),
            ],
            Logs),
        new("compose events", "Get-LabEvent", [Value("--since", "Since"), Value("--until", "Until"), Ignored("--json")], call => With(call, "Follow")),
        new("compose top", "Get-LabProcess", []),
        new("compose stats", "Measure-LabStack", [.. Listing, Ignored("--no-stream")], call => call.Has("--no-stream") || With(call, "Continuous")),
        new("compose port", "Get-LabService", [Value("--protocol", "Protocol", "tcp udp")], Port),
        new("compose exec", "Invoke-LabCommand",
            [
                Value("-u --user", "User"), Value("-w --workdir", "WorkingDirectory"), Table("-e --env", "Environment"), Value("--index", "Number"),
                Ignored("-T --no-tty --no-TTY -i --interactive -t --tty"),
            ],
            Exec, IsForProgram: true),
        new("compose attach", "Enter-LabService", [Value("--index", "Number")], call => With(call, "Attach")),
        new("compose run", "Invoke-LabRun",
            [
                On("--build", "Build"), On("-d --detach", "Detach"), Table("-e --env", "Environment"), List("--env-from-file", "EnvironmentFile"), Table("-l --label", "Label"),
                Value("--name", "Name"), On("--no-deps", "NoDeps"), List("-p --publish", "Publish"), On("-P --service-ports", "ServicePorts"), Value("--pull", "Pull", Policies),
                On("--remove-orphans", "RemoveOrphans"), On("--use-aliases", "ServiceAlias"), Value("-u --user", "User"), List("-v --volume", "Volume"),
                Value("-w --workdir", "WorkingDirectory"), Value("--entrypoint", "Entrypoint"), List("--cap-add", "CapAdd"), List("--cap-drop", "CapDrop"),
                Ignored("--rm -T --no-TTY -i --interactive -t --tty -q --quiet --quiet-build --quiet-pull"),
            ],
            Run, IsForProgram: true, Changes: true),
        new("compose cp", "Copy-LabItem", [On("-a --archive", "Archive"), On("-L --follow-link", "FollowLink"), On("--all", "All"), Value("--index", "Number")], Copy, Changes: true),
        new("compose watch", "Watch-LabStack", [On("--no-up", "NoStart"), Ignored("--quiet")], Changes: true),
        new("compose build", "Build-LabImage",
            [
                Table("--build-arg", "BuildArg"), On("--no-cache", "NoCache"), On("--push", "Push"), On("--with-dependencies", "WithDependency"), Value("--builder", "Builder"), On("--check", "Check"),
                List("--ssh", "Ssh"), Value("--provenance", "Provenance"), Value("--sbom", "Sbom"), On("--pull", "Pull"), Ignored("-q --quiet"), IgnoredValue("--progress"),
            ],
            Build, Changes: true),
        new("compose pull", "Receive-LabImage",
            [
                On("--ignore-buildable", "IgnoreBuildable"), On("--ignore-pull-failures", "IgnoreFailure"), On("--include-deps", "IncludeDependency"), Value("--policy", "Policy", "always missing"),
                Ignored("-q --quiet"),
            ],
            Changes: true),
        new("compose push", "Send-LabImage", [On("--ignore-push-failures", "IgnoreFailure"), On("--include-deps", "IncludeDependency"), Ignored("-q --quiet")], Changes: true),
        new("compose images", "Get-LabImage", Listing),
        new("compose volumes", "Get-LabVolume", Listing, NoWords),
        new("compose config", "Show-MergedConfig",
            [
                Value("--format", "Format", "yaml json"), On("--no-interpolate", "NoInterpolate"), On("--no-path-resolution", "NoPathResolution"), On("--no-env-resolution", "NoEnvResolution"),
                On("--no-consistency", "NoConsistency"), On("--resolve-image-digests", "Resolve"), On("--lock-image-digests", "Lock"), Value("--hash", "Hash"),
                Ignored("--services --images --volumes --networks --profiles --models"), Ignored("--variables"),
            ],
            Config),
        new("compose commit", "New-LabImage", [Value("-a --author", "Author"), List("-c --change", "Change"), Value("-m --message", "Comment"), Value("--index", "Number")], TwoWords, Changes: true),
        new("compose export", "Export-LabContainer", [Value("-o --output", "OutFile"), Value("--index", "Number")], call => call.Words.Count == 1 && call.Sets("OutFile"), Changes: true),
        new("compose publish", "Publish-LabStack", [On("--resolve-image-digests", "ResolveDigest"), On("--with-env", "WithEnvironment"), On("-y --yes", "Force")], OneWord, Changes: true),
        new("stack deploy", "Deploy-LabStack",
            [
                List("-c --compose-file", "File"), On("--prune", "Prune"), On("--with-registry-auth", "WithRegistryAuth"), Value("--resolve-image", "ResolveImage", "always changed never"),
                On("-d --detach", "NoWait"), Ignored("-q --quiet"),
            ],
            StackDeploy, Selects: false, Changes: true),
        new("stack ls", "Get-LabStack", Listing, NoWords, Selects: false),
        new("stack ps", "Get-LabTask", [Ignored("--no-trunc --no-resolve")], StackName, Selects: false),
        new("stack services", "Get-LabService", [], StackName, Selects: false),
        new("stack rm", "Remove-LabStack", [], StackName, Selects: false, Changes: true),
        new("node ls", "Get-LabNode", [], NoWords, Selects: false),
        new("context ls", "Get-LabEngine", [IgnoredValue("--format")], NoWords, Selects: false),
    ];

    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal)
    {
        ["compose convert"] = "compose config",
        ["stack up"] = "stack deploy",
        ["stack down"] = "stack rm",
        ["stack remove"] = "stack rm",
        ["stack list"] = "stack ls",
        ["node list"] = "node ls",
        ["context list"] = "context ls",
    };

    private static readonly Dictionary<string, DockerHabit> ByCommand = All.ToDictionary(habit => habit.Command, StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DockerHabit> Known => All;

    /// <summary>Finds a command.</summary>
    /// <param name="command">Its words after <c>docker</c>, such as <c>compose logs</c>.</param>
    /// <returns>The command; null if it has no counterpart.</returns>
    public static DockerHabit? Find(string command) => ByCommand.GetValueOrDefault(OtherNames.GetValueOrDefault(command, command));

    /// <summary>Finds the commands that begin with what was typed so far.</summary>
    /// <param name="start">The beginning, such as <c>compose lo</c>.</param>
    /// <returns>The commands.</returns>
    public static IEnumerable<DockerHabit> Starting(string start) => All.Where(habit => habit.Command.StartsWith(start, StringComparison.Ordinal));

    private static bool With(CmdletCall call, string parameter, string? value = null)
    {
        call.Set(parameter, value, OptionUse.Value);
        return true;
    }

    private static bool NoWords(CmdletCall call) => call.Words.Count == 0;

    private static bool OneWord(CmdletCall call) => call.Words.Count == 1;

    // Positional parameters that follow each other are not a list.
    private static bool TwoWords(CmdletCall call)
    {
        if (call.Words.Count != 2 || call.Words.Any(word => word.Value == "-"))
        {
            return false;
        }

        call.Words[0] = new Word(call.Words[0].Value, $"{call.Words[0].Text} {call.Words[1].Text}");
        call.Words.RemoveAt(1);
        return true;
    }

    private static bool Copy(CmdletCall call) => TwoWords(call);

    private static bool Up(CmdletCall call)
    {
        if (call.Has("-w", "--watch"))
        {
            call.Cmdlet = "Watch-LabStack";
            return !call.Sets([.. Find("compose up")!.Options.Select(option => option.Parameter).Where(parameter => parameter.Length > 0)]);
        }

        return call.Has("-d", "--detach", "--wait", "--wait-timeout") || call.Sets("NoStart", "AbortOnExit", "AbortOnFailure", "ExitCodeFrom") || With(call, "Attach");
    }

    private static bool Scale(CmdletCall call)
    {
        foreach (Word word in call.Words)
        {
            if (word.Value!.IndexOf('=', StringComparison.Ordinal) < 1)
            {
                return false;
            }

            call.Set("Scale", word.Text, OptionUse.List);
        }

        Word[] services = [.. call.Words.Select(word => Word.Of(word.Value![..word.Value!.IndexOf('=', StringComparison.Ordinal)]))];
        call.Words.Clear();
        call.Words.AddRange(services);
        return services.Length > 0;
    }

    // Without -s, only stopped containers are removed. -s without a service would also remove the networks here.
    private static bool Rm(CmdletCall call) => call.Has("-s", "--stop") ? call.Words.Count > 0 : With(call, "StoppedOnly");

    private static bool Logs(CmdletCall call)
    {
        if (call.Remove("Tail") is { } tail && tail != "all")
        {
            call.Set("Tail", tail);
        }

        return true;
    }

    private static bool Port(CmdletCall call)
    {
        if (call.Words is not [{ Value: { } service }, { Value: { } port }])
        {
            return false;
        }

        bool isUdp = call.Remove("Protocol") == "Udp";
        call.Words.Clear();
        return With(call, "Port", Word.Of($"{service}:{port}{(isUdp ? "/udp" : "")}").Text);
    }

    private static bool Exec(CmdletCall call)
    {
        if (call.PassedOn.Count == 0)
        {
            return false;
        }

        bool isShell = call.PassedOn is [{ Value: { } program }] && Shells.Contains(program);
        if (call.Has("-T", "--no-tty", "--no-TTY") || !(isShell || call.Has("-i", "--interactive", "-t", "--tty")))
        {
            return true;
        }

        call.Cmdlet = "Enter-LabService";
        if (call.PassedOn is [{ Value: "sh" or "bash" }])
        {
            // It looks for these two itself.
            call.PassedOn.Clear();
        }

        return !call.Sets("Environment");
    }

    private static bool Run(CmdletCall call)
    {
        bool isShell = call.PassedOn is [{ Value: { } program }] && Shells.Contains(program);
        if (!call.Sets("Detach") && !call.Has("-T", "--no-TTY") && (isShell || call.Has("-i", "--interactive", "-t", "--tty")))
        {
            call.Set("Interactive");
        }

        return call.Has("--rm") || With(call, "Keep");
    }

    private static bool Build(CmdletCall call)
    {
        if (call.Sets("Pull"))
        {
            call.Set("Pull", "Always");
        }

        return true;
    }

    private static bool Config(CmdletCall call)
    {
        string[] lists = [.. new[] { "services", "images", "volumes", "networks", "profiles", "models" }.Where(kind => call.Has($"--{kind}"))];
        if (call.Has("--variables"))
        {
            call.Cmdlet = "Get-LabVariable";
            return lists.Length == 0 && call.Words.Count == 0 && !call.Sets([.. Find("compose config")!.Options.Select(option => option.Parameter).Where(parameter => parameter.Length > 0)]);
        }

        if (call.Remove("Hash") is { } services)
        {
            call.Set("Hash");
            if (services is not ("*" or "'*'" or "\"*\""))
            {
                call.Words.AddRange(services.Trim('\'', '"').Split(',').Select(Word.Of));
            }
        }

        return lists.Length switch
        {
            0 => true,
            1 => With(call, "Only", char.ToUpperInvariant(lists[0][0]) + lists[0][1..]),
            _ => false,
        };
    }

    private static bool StackDeploy(CmdletCall call) => call.Sets("File") && StackName(call);

    private static bool StackName(CmdletCall call)
    {
        if (call.Words is not [{ Text: { } name }])
        {
            return false;
        }

        call.Words.Clear();
        return With(call, "ProjectName", name);
    }
}
