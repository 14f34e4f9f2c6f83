using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using ComposeLab.Feedback;

namespace ComposeLab.Cmdlets.Tests.Feedback;

/// <summary>What a docker command becomes.</summary>
public sealed class DockerHabitTests
{
    private static readonly Dictionary<string, Type> Cmdlets = typeof(LabErrorId).Assembly.GetExportedTypes()
        .Where(type => type.GetCustomAttribute<CmdletAttribute>() is not null)
        .ToDictionary(type => $"{type.GetCustomAttribute<CmdletAttribute>()!.VerbName}-{type.GetCustomAttribute<CmdletAttribute>()!.NounName}");

    public static TheoryData<string> Commands => [.. DockerHabits.Known.Select(habit => habit.Command)];

    [Theory]
    [InlineData("docker compose logs -f api", "Get-LabLog api -Follow")]
    [InlineData("docker-compose logs --tail=50 -t api db", "Get-LabLog api, db -Timestamp -Tail 50")]
    [InlineData("docker compose logs -fn50", "Get-LabLog -Follow -Tail 50")]
    [InlineData("docker compose logs --tail all --no-color", "Get-LabLog")]
    [InlineData("docker-compose ps", "Get-LabService")]
    [InlineData("docker compose ps -a --format json web", "Get-LabService web")]
    [InlineData("docker compose up -d --build", "Start-LabStack -Build")]
    [InlineData("docker compose up", "Start-LabStack -Attach")]
    [InlineData("docker compose up -d --scale web=3 --scale api=2 web", "Start-LabStack web -Scale web=3, api=2")]
    [InlineData("docker compose up --exit-code-from tests", "Start-LabStack -ExitCodeFrom tests")]
    [InlineData("docker compose up --watch", "Watch-LabStack")]
    [InlineData("docker compose -f a.yml -f 'b c.yml' -p shop --profile debug up --wait --pull always", "Start-LabStack -File a.yml, 'b c.yml' -ProjectName shop -ComposeProfile debug -Pull Always")]
    [InlineData("docker --context edge1 compose --dry-run up -d", "Start-LabStack -Context edge1 -WhatIf")]
    [InlineData("docker compose down -v", "Remove-LabStack -RemoveVolume")]
    [InlineData("docker compose down --rmi local --remove-orphans -t 3", "Remove-LabStack -RemoveImage Local -RemoveOrphans -TimeoutSec 3")]
    [InlineData("docker compose rm -sf web", "Remove-LabStack web")]
    [InlineData("docker compose rm", "Remove-LabStack -StoppedOnly")]
    [InlineData("docker compose kill -s SIGHUP web", "Stop-LabStack web -Signal SIGHUP")]
    [InlineData("docker compose kill", "Stop-LabStack -Kill")]
    [InlineData("docker compose exec api sh", "Enter-LabService api")]
    [InlineData("docker compose attach --index 2 api", "Enter-LabService api -Number 2 -Attach")]
    [InlineData("docker compose exec -it -u root api zsh", "Enter-LabService api -User root -- zsh")]
    [InlineData("docker compose exec db pg_isready -U lab", "Invoke-LabCommand db -- pg_isready -U lab")]
    [InlineData("docker compose exec -T -e A=1 -e 'B=it''s' -e C db env", "Invoke-LabCommand db -Environment @{ A = '1'; B = 'it''s'; C = $null } -- env")]
    [InlineData("docker compose exec db psql -c $query", "Invoke-LabCommand db -- psql -c $query")]
    [InlineData("docker compose run --rm api ./migrate --all", "Invoke-LabRun api -- ./migrate --all")]
    [InlineData("docker compose run -p8080:80 --name one api", "Invoke-LabRun api -Publish 8080:80 -Name one -Keep")]
    [InlineData("docker compose run --rm -it api bash", "Invoke-LabRun api -Interactive -- bash")]
    [InlineData("docker compose stats", "Measure-LabStack -Continuous")]
    [InlineData("docker compose stats --no-stream db", "Measure-LabStack db")]
    [InlineData("docker compose top", "Get-LabProcess")]
    [InlineData("docker compose cp -L db:/var/log ./logs", "Copy-LabItem db:/var/log ./logs -FollowLink")]
    [InlineData("docker compose pull --include-deps -q web", "Receive-LabImage web -IncludeDependency")]
    [InlineData("docker compose build --pull --build-arg V=1 --build-arg my-arg=2", "Build-LabImage -Pull Always -BuildArg @{ V = '1'; 'my-arg' = '2' }")]
    [InlineData("docker compose port --protocol udp dns 53", "Get-LabService -Port dns:53/udp")]
    [InlineData("docker compose config --services", "Show-MergedConfig -Only Services")]
    [InlineData("docker compose config --hash web,api", "Show-MergedConfig web, api -Hash")]
    [InlineData("docker compose config --hash '*'", "Show-MergedConfig -Hash")]
    [InlineData("docker compose config --variables", "Get-LabVariable")]
    [InlineData("docker compose convert --format json", "Show-MergedConfig -Format Json")]
    [InlineData("docker compose wait tests", "Wait-LabStack tests -For Exit")]
    [InlineData("docker compose scale web=3", "Start-LabStack web -Scale web=3")]
    [InlineData("docker compose commit web shop/web:kept", "New-LabImage web shop/web:kept")]
    [InlineData("docker compose export -o web.tar web", "Export-LabContainer web -OutFile web.tar")]
    [InlineData("docker stack deploy -c a.yml --prune --detach=true shop", "Deploy-LabStack -File a.yml -Prune -NoWait -ProjectName shop")]
    [InlineData("docker stack rm shop", "Remove-LabStack -ProjectName shop")]
    [InlineData("docker stack ps shop", "Get-LabTask -ProjectName shop")]
    public void A_docker_command_becomes_the_cmdlet_that_does_the_same(string typed, string expected) => Assert.Equal([expected], Suggested(typed));

    [Theory]
    [InlineData("docker compose logs --unknown api", "an option without a counterpart")]
    [InlineData("docker compose logs | Select-String x", "a pipeline")]
    [InlineData("docker compose ps; Get-Date", "two commands")]
    [InlineData("docker compose logs > log.txt", "a redirection")]
    [InlineData("docker compose up @options", "options in a variable")]
    [InlineData("docker compose logs $what", "a service or an option in a variable")]
    [InlineData("docker compose logs \"--tail=$n\"", "a computed option")]
    [InlineData("docker compose -f - up -d", "a file from the standard input")]
    [InlineData("docker compose down --rmi some", "an unknown value")]
    [InlineData("docker compose rm -v", "anonymous volumes only")]
    [InlineData("docker compose rm -s", "keeps the networks")]
    [InlineData("docker compose exec -d api sleep 9", "a command in the background")]
    [InlineData("docker compose exec api", "no command")]
    [InlineData("docker compose cp - db:/x", "an archive")]
    [InlineData("docker compose ps --status running", "a filter")]
    [InlineData("docker compose ps --dry-run", "nothing to try")]
    [InlineData("docker compose up --build=false", "a switch that is off")]
    [InlineData("docker stack deploy shop", "no file")]
    [InlineData("docker run -it alpine", "no project")]
    [InlineData("docker", "no command")]
    [InlineData("docker compose", "no command")]
    [InlineData("Get-LabLog api", "a cmdlet")]
    [InlineData("'docker compose ps'", "a text")]
    [InlineData("docker compose ps (", "not complete")]
    public void Nothing_is_suggested_where_the_meaning_would_change(string typed, string why) => Assert.True(Suggested(typed).Count == 0, why);

    [Theory]
    [InlineData("docker compose lo", "Get-LabLog")]
    [InlineData("docker compose p", "Suspend-LabStack", "Get-LabService", "Receive-LabImage")]
    [InlineData("docker-compose sto", "Stop-LabStack")]
    [InlineData("docker stack l", "Get-LabStack")]
    public void The_beginning_of_a_command_suggests_the_cmdlets_that_it_can_become(string typed, params string[] expected) => Assert.Equal(expected, Suggested(typed));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_suggestion_is_a_call_that_the_cmdlet_accepts(string command)
    {
        DockerHabit habit = DockerHabits.Known.Single(known => known.Command == command);
        string words = habit.Complete is null ? "web" : Words(command);
        foreach (DockerOption? option in habit.Options.Cast<DockerOption?>().Append(null))
        {
            foreach (string name in option?.Names ?? [""])
            {
                string value = option?.HasValue == true ? option.Values?.Keys.First() ?? (option.Use == OptionUse.Table ? "A=1" : "1") : "";
                string typed = $"docker {command} {name} {value} {(command == "stack deploy" && option?.Parameter != "File" ? "-c a.yml" : "")} {words}";
                string? call = DockerHabit.Map(CommandLineWords.Read(Parser.ParseInput(typed, out _, out _))!);
                if (call is not null)
                {
                    Accepts(call, typed);
                }
            }
        }

        Assert.True(DockerHabits.Find(command) == habit);
    }

    [Fact]
    public void Every_cmdlet_that_takes_the_place_of_a_command_which_changes_something_has_WhatIf() => Assert.All(
        DockerHabits.Known, habit => Assert.True(habit.Changes == Cmdlets[habit.Cmdlet].GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess || habit.Command == "compose exec", habit.Command));

    private static IReadOnlyList<string> Suggested(string typed) => DockerHabit.Suggest(Parser.ParseInput(typed, out _, out _));

    private static string Words(string command) => command switch
    {
        "compose exec" or "compose run" => "web ls",
        "compose cp" => "web:/a b",
        "compose commit" => "web image",
        "compose port" => "web 80",
        "compose scale" => "web=2",
        "compose ls" or "compose volumes" or "stack ls" or "node ls" or "context ls" => "",
        _ => "web",
    };

    private static void Accepts(string call, string typed)
    {
        ScriptBlockAst script = Parser.ParseInput(call, out _, out ParseError[] faults);
        Assert.True(faults.Length == 0, call);
        CommandAst command = Assert.IsType<CommandAst>(Assert.Single(Assert.IsType<PipelineAst>(Assert.Single(script.EndBlock.Statements)).PipelineElements));
        Type cmdlet = Cmdlets[command.GetCommandName()];
        foreach (CommandParameterAst parameter in command.CommandElements.TakeWhile(element => element.Extent.Text != "--").OfType<CommandParameterAst>())
        {
            bool isKnown = cmdlet.GetProperty(parameter.ParameterName)?.IsDefined(typeof(ParameterAttribute)) == true
                || (parameter.ParameterName == "WhatIf" && cmdlet.GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess);
            Assert.True(isKnown, $"{typed}: {call}");
        }
    }
}
