using System.Management.Automation.Language;
using ComposeLab.Cmdlets.Tests.Hosting;
using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Model;
using ComposeLab.Compose.Rules;
using ComposeLab.Engine;
using ComposeLab.Errors;
using ComposeLab.Projects;

namespace ComposeLab.Cmdlets.Tests.Errors;

/// <summary>A recommended command that is pasted runs nothing but that command, whatever the names in it are. PowerShell's own parser decides.</summary>
public sealed class HostileNameTests : IDisposable
{
    internal const string Payload = "Invoke-Evil";

    internal static readonly string[] Hostile =
    [
        "a'; Invoke-Evil; '", "a\u2019; Invoke-Evil; \u2018", "a\"; Invoke-Evil; \"", "a\u201d; Invoke-Evil; \u201c", "a\nInvoke-Evil", "a\r\nInvoke-Evil #", "$(Invoke-Evil)", "a`nb`", "-rf", "--", "a -- b",
        "a; Invoke-Evil", "a | Invoke-Evil", "& Invoke-Evil", "a\u202eb", "@{x=Invoke-Evil}", "{Invoke-Evil}", "#x", "%", "--%", "a,b", "'", "\"", "`", "$env:HOME", "a\0b", "'\n$(Invoke-Evil)\"`",
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. Hostile];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_word_is_exactly_the_name(string name) => Assert.Equal([name], Arguments($"Test-Word {CommandWord.Quote(name)}"));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_remedy_is_one_command_with_the_names_as_arguments(string name)
    {
        var selection = new CommandText(new ProjectSelection { Location = "/", Environment = new Dictionary<string, string>(), Path = name, ProjectName = name, Files = [name], EnvFiles = [name] });
        Remedy[] remedies =
        [
            Remedy.StartStack(), Remedy.Resume(name), Remedy.RemoveStack(name), Remedy.WaitForStack(), Remedy.ReadLog(name), Remedy.ReadLog(null), Remedy.RunCommand(name, [name, name]), Remedy.BuildImages(name, name), Remedy.BuildImages(), Remedy.ListTasks(name, name),
        ];
        foreach (Remedy remedy in remedies)
        {
            string text = RemedyText.Of("Do", [remedy], selection.Of)["Do: ".Length..];
            IReadOnlyList<string> arguments = Arguments(text);
            Assert.All(remedy.Services, service => Assert.Contains(service, arguments));
            if (remedy.Kind is not (RemedyKind.RemoveStack or RemedyKind.ListTasks))
            {
                Assert.Equal(4 + remedy.Services.Count + remedy.Command.Count, arguments.Count(argument => argument == name));
            }
        }

        // Every kind is either tried here or holds no name.
        RemedyKind[] nameless = [RemedyKind.RenameProject, RemedyKind.TakeOver, RemedyKind.SkipHooks, RemedyKind.RemoveOrphans, RemedyKind.Prune, RemedyKind.CreateSwarm, RemedyKind.ChooseOrchestrator, RemedyKind.RecreateVolumes, RemedyKind.AllowPull, RemedyKind.RaiseTimeLimit, RemedyKind.ChooseCodeFile, RemedyKind.ChooseDependencyFile];
        Assert.Equal(Enum.GetValues<RemedyKind>().Order(), remedies.Select(remedy => remedy.Kind).Append(RemedyKind.NameStack).Concat(nameless).Distinct().Order());
        Assert.Equal([name], Arguments("Get-LabStack " + RemedyText.Of("Use", [Remedy.NameStack(name)], text => text)["Use: ".Length..]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_variable_is_exactly_the_name(string name)
    {
        Assert.Contains($"Env:{name}", Arguments($"Remove-Item {CommandWord.Variable(name)}"));
        Assert.Contains($"Env:{name}", Arguments(CommandWord.SetVariable(name)));
    }

    [Theory]
    [InlineData("x'; Invoke-Evil; '")]
    [InlineData("x\u2019; Invoke-Evil; \u2018")]
    [InlineData("x$(Invoke-Evil)")]
    [InlineData("x`; Invoke-Evil")]
    [InlineData("-x; Invoke-Evil")]
    [InlineData("x\nInvoke-Evil")]
    public void No_rule_recommends_a_command_that_a_folder_or_a_file_name_extends(string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName;
        File.WriteAllText(Path.Combine(folder, ".env"), "DB_PASSWORD=hunter2hunter2\nPORT=1\nPORT=2\n");
        File.WriteAllText(Path.Combine(folder, "secret"), "x");
        string quoted = System.Text.Json.JsonSerializer.Serialize(name.Replace("$", "$$", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "compose.yaml"), $$"""
            services:
              web:
                image: {{quoted}}
                env_file: .env
                environment: { PASSWORD: {{quoted}}, X: "${PORT}" }
                volumes: [ { type: bind, source: {{quoted}}, target: /data }, "/var/run/docker.sock:/x" ]
                ports: [ "80:80", "80:81" ]
                secrets: [ s ]
                command: [ "mysql", "-p{{name.Length}}secret", {{quoted}} ]
            secrets: { s: { file: ./secret }, other: { file: {{quoted}} } }
            """);
        foreach (bool production in new[] { false, true })
        {
            foreach (GitState state in Enum.GetValues<GitState>())
            {
                ComposeProject project = ComposeLoader.Load(new ComposeRequest { WorkingDirectory = folder, Files = ["compose.yaml"] }, CancellationToken.None);
                IReadOnlyList<Finding> findings = RuleRun.Check(project, production, new Machine(state), CancellationToken.None);
                Assert.NotEmpty(findings);
                Assert.All(findings, finding => RunsNoOther(finding.Recommendation));
            }
        }
    }

    // Wherever a command begins in the text, what follows on its line calls the payload nowhere.
    internal static void RunsNoOther(string text)
    {
        foreach (int start in Starts(text))
        {
            RunsNoPayload(text[start..]);
        }
    }

    // As if all of the text was pasted.
    internal static void RunsNoPayload(string text)
    {
        ScriptBlockAst script = Parser.ParseInput(text, out _, out _);
        Assert.True(
            script.FindAll(ast => ast is CommandAst command && command.GetCommandName() == Payload, searchNestedScriptBlocks: true).FirstOrDefault() is null, text);
    }

    private static IEnumerable<int> Starts(string text) => System.Text.RegularExpressions.Regex
        .Matches(text, @"(?<![\w-])(?:git|docker|mkdir|ls|chmod|sudo|[A-Z][a-z]+-[A-Z]\w+)(?= )").Where(match => match.Value != Payload).Select(match => match.Index);

    private static IReadOnlyList<string> Arguments(string text)
    {
        Assert.DoesNotContain('\n', text);
        ScriptBlockAst script = Parser.ParseInput(text, out _, out ParseError[] errors);
        Assert.True(errors.Length == 0, $"{text}: {errors.FirstOrDefault()}");
        CommandAst command = Assert.IsType<CommandAst>(Assert.Single(script.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true)));
        return [.. command.CommandElements.Skip(1).SelectMany(Values)];
    }

    private static IEnumerable<string> Values(Ast element) => element switch
    {
        StringConstantExpressionAst text => [text.Value],
        ArrayLiteralAst list => list.Elements.SelectMany(Values),
        CommandParameterAst => [],
        ParenExpressionAst { Pipeline: PipelineAst pipeline } when pipeline.GetPureExpression() is { } inner => Values(inner),
        ConstantExpressionAst constant => [$"{constant.Value}"],
        _ => throw new InvalidOperationException($"'{element}' is not a plain argument."),
    };

    private sealed class Machine(GitState state) : IRuleEnvironment
    {
        public string? Home => "/root";

        public GitState GitStateOf(string path) => state;

        public string? ReadText(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

        public IReadOnlyList<string> FilesIn(string folder) => Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file))] : [];
    }
}
