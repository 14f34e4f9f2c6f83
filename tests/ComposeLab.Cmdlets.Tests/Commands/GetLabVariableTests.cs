using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Commands;

public sealed class GetLabVariableTests : IDisposable
{
    private readonly TestSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public GetLabVariableTests() => _folder.Write("compose.yaml", """
        services:
          web:
            image: nginx:${TAG:-1.27}
            ports: ["${PORT:-8080}:80"]
            environment:
              DB_PASSWORD: ${DB_PASSWORD:?set it}
              MODE: ${MODE}
              ALSO_PORT: ${PORT}
        """);

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Variables_are_listed_even_if_a_required_one_is_missing()
    {
        LabVariable[] found = Run("");

        Assert.Equal(["DB_PASSWORD", "MODE", "PORT", "TAG"], found.Select(variable => variable.Name));
        Assert.True(found[0] is { IsRequired: true, IsSecret: true, Source: LabVariableSource.Unset, Value: null, Default: null });
        Assert.True(found[1] is { IsRequired: false, Source: LabVariableSource.Unset });
        Assert.True(found[2] is { Source: LabVariableSource.Default, Value: "8080", Default: "8080" });
        Assert.Equal(["compose.yaml:4", "compose.yaml:8"], found[2].Uses.Select(use => $"{use}"));
    }

    [Fact]
    public void A_value_in_a_file_shows_its_place_and_the_values_it_overrides()
    {
        _folder.Write(".env", "PORT=1\nTAG=1\nPORT=2\n");

        LabVariable port = Assert.Single(Run("PORT"));

        Assert.Equal(("2", LabVariableSource.DotEnv, 3), (port.Value, port.Source, port.Origin!.Line));
        Assert.Equal(_folder.At(".env"), port.Origin.File);
        Assert.Equal([".env:1: 1"], port.Shadows.Select(value => $"{value}"));
    }

    [Fact]
    public void A_specified_file_replaces_dot_env()
    {
        _folder.Write(".env", "PORT=1\n");
        _folder.Write("other.env", "PORT=3\n");

        LabVariable port = Assert.Single(Run("p* -EnvFile $p/other.env"));

        Assert.Equal(("3", LabVariableSource.EnvFile), (port.Value, port.Source));
    }

    [Fact]
    public void Secrets_are_masked_and_shown_on_request()
    {
        _folder.Write(".env", "DB_PASSWORD=hunter1\nDB_PASSWORD=hunter2\n");

        LabVariable masked = Assert.Single(Run("DB_PASSWORD"));
        LabVariable shown = Assert.Single(Run("DB_PASSWORD -ShowSecret"));

        Assert.Equal(("********", "********"), (masked.Value, masked.Shadows[0].Value));
        Assert.Equal(("hunter2", "hunter1"), (shown.Value, shown.Shadows[0].Value));
    }

    private LabVariable[] Run(string parameters) => [.. _session.Run($"param($p) Get-LabVariable {parameters} -Path $p", _folder.Path).Good().Cast<LabVariable>()];
}
