using ComposeLab.Compose.Environment;
using ComposeLab.Compose.Loading;
using ComposeLab.Compose.Tests.Rules;

namespace ComposeLab.Compose.Tests.Environment;

public sealed class VariableReferencesTests
{
    [Fact]
    public void Every_use_is_found_with_its_place_default_and_requirement() => Assert.Equal(
        [
            "IMAGE compose.yaml:3:12 default=nginx:${TAG:-1}",
            "TAG compose.yaml:3:27 default=1",
            "PORT compose.yaml:5:10",
            "BARE compose.yaml:7:9",
            "PASSWORD compose.yaml:8:16 required",
            "HOST compose.yaml:11:12",
            "PASSWORD compose.yaml:12:12",
            "ARG compose.yaml:16:9",
            "KEY compose.yaml:19:18",
        ],
        Found("""
            services:
              a:
                image: ${IMAGE:-nginx:${TAG:-1}}
                ports:
                  - "$PORT:80"
                environment:
                  - BARE
                  - SECRET=${PASSWORD:?set it}
                command: |
                  echo $$NOT_ONE
                  ping $HOST
                  echo ${PASSWORD}
                build:
                  context: .
                  args:
                    ARG:
            secrets:
              key:
                environment: KEY
            """));

    [Fact]
    public void A_value_that_aliases_repeat_is_one_use() => Assert.Equal(
        ["A compose.yaml:1:13"],
        Found("x-env: &env ${A}\nservices:\n  a:\n    image: x\n    hostname: *env\n  b:\n    image: x\n    hostname: *env\n"));

    [Fact]
    public void Overridden_values_are_kept_in_order()
    {
        using var project = new RuleProject(new RuleCase("", "", "-- compose.yaml --\nservices:\n  a:\n    image: x:${TAG}\n-- .env --\nTAG=1\nTAG=2\n") { Environment = new() { ["TAG"] = "3" } });

        Variable variable = Assert.Single(VariableReferences.Of(project.Load())).Scope.Find("TAG")!;

        Assert.Equal(("3", "2", "1"), (variable.Value, variable.Shadowed!.Value, variable.Shadowed.Shadowed!.Value));
    }

    [Fact]
    public void A_default_is_expanded_with_the_variables_it_sees()
    {
        var scope = new VariableScope(new Dictionary<string, Variable> { ["A"] = new("1", Yaml.VariableSource.Os) });

        Assert.Equal("1-2", VariableReferences.ValueOf("${A}-${B:-2}", scope));
        Assert.Equal("${A", VariableReferences.ValueOf("${A", scope));
    }

    private static IEnumerable<string> Found(string text)
    {
        using var project = new RuleProject(new RuleCase("", "", text));
        return VariableReferences.Of(ComposeLoader.Load(
                new ComposeRequest { WorkingDirectory = project.Folder, Files = ["compose.yaml"], Interpolate = false }, CancellationToken.None))
            .Select(reference => $"{reference.Name} {reference.Origin}{(reference.Default is null ? "" : $" default={reference.Default}")}{(reference.IsRequired ? " required" : "")}");
    }
}
