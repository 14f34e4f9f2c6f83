using ComposeLab.Api.Database;
using ComposeLab.Api.Hosting;

namespace ComposeLab.Api.Tests.Database;

public sealed class DatabaseSettingsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_changed_password_file_applies_to_the_next_connection()
    {
        File.WriteAllText(_file, "alt\n");
        var settings = Read(("DATABASE_URL", "postgresql://lab@db/lab"), ("DATABASE_PASSWORD_FILE", _file));
        Assert.Equal("alt", settings.Password!());

        File.WriteAllText(_file, "neu\r\n");

        Assert.Equal("neu", settings.Password());
    }

    [Fact]
    public void The_URL_can_be_in_a_file()
    {
        File.WriteAllText(_file, "postgresql://lab:geheim@db/lab\n");

        var settings = Read(("DATABASE_URL_FILE", _file));

        Assert.Equal(("db", "geheim"), (settings.Address!.Host, settings.Password!()));
    }

    [Fact]
    public void An_empty_variable_counts_as_not_set() => Assert.Null(Read(("DATABASE_URL", "")).Address);

    [Theory]
    [InlineData("DATABASE_URL", "DATABASE_URL_FILE")]
    [InlineData("DATABASE_PASSWORD", "DATABASE_PASSWORD_FILE")]
    public void A_value_and_a_file_for_the_same_setting_are_an_error(string name, string fileName)
    {
        var fault = Assert.Throws<SettingException>(() => Read(("DATABASE_URL", "postgresql://lab@db/lab"), (name, "postgresql://lab@db/lab"), (fileName, _file)));

        Assert.StartsWith($"{fileName}: expected either", fault.Message, StringComparison.Ordinal);
    }

    private static DatabaseSettings Read(params (string Name, string Value)[] variables)
    {
        var environment = variables.DistinctBy(variable => variable.Name).ToDictionary(variable => variable.Name, variable => variable.Value);
        return DatabaseSettings.Read(environment.GetValueOrDefault);
    }
}
