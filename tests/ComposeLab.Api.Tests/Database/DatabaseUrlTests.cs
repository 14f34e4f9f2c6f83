using ComposeLab.Api.Database;
using ComposeLab.Api.Hosting;
using Npgsql;

namespace ComposeLab.Api.Tests.Database;

public sealed class DatabaseUrlTests
{
    [Theory]
    [InlineData("postgresql://lab:geheim@db:5433/shop", "db", 5433, "lab", "geheim", "shop")]
    [InlineData("postgres://lab@db/shop", "db", 5432, "lab", null, "shop")]
    [InlineData("  postgresql://db  ", "db", 5432, null, null, null)]
    [InlineData("POSTGRESQL://lab@[::1]:5433/shop", "::1", 5433, "lab", null, "shop")]
    [InlineData("postgresql://lab@[::1]/shop", "::1", 5432, "lab", null, "shop")]
    [InlineData("postgresql://l%40b:p%2Fw%3A%25@db/sh%20op", "db", 5432, "l@b", "p/w:%", "sh op")]
    [InlineData("postgresql://lab:p@ss@db/shop", "db", 5432, "lab", "p@ss", "shop")]
    [InlineData("postgresql://lab:a:b@db/shop", "db", 5432, "lab", "a:b", "shop")]
    public void A_URL_is_split_into_its_parts(string url, string host, int port, string? user, string? password, string? database)
    {
        var address = DatabaseUrl.Parse(url);

        Assert.Equal(new DatabaseAddress(host, port, user, password, database, null), address);
    }

    [Theory]
    [InlineData("", SslMode.Prefer)]
    [InlineData("?sslmode=disable", SslMode.Disable)]
    [InlineData("?sslmode=allow", SslMode.Allow)]
    [InlineData("?sslmode=require&application_name=x", SslMode.Require)]
    [InlineData("?sslmode=verify-ca", SslMode.VerifyCA)]
    [InlineData("?sslmode=verify-full", SslMode.VerifyFull)]
    public void The_sslmode_of_a_URL_sets_the_TLS_mode(string query, SslMode mode) =>
        Assert.Equal(mode, DatabaseUrl.Parse($"postgresql://lab@db/shop{query}").SslMode);

    [Fact]
    public void The_file_with_the_certificate_authority_can_be_chosen() =>
        Assert.Equal("/run/secrets/ca.pem", DatabaseUrl.Parse("postgresql://lab@db/shop?sslmode=verify-full&sslrootcert=/run/secrets/ca.pem").RootCertificate);

    [Fact]
    public void The_name_shown_among_the_servers_sessions_can_be_chosen() =>
        Assert.Equal("till 1", DatabaseUrl.Parse("postgresql://lab@db/shop?application_name=till%201").ApplicationName);

    [Theory]
    [InlineData("", "no scheme")]
    [InlineData("db:5432", "no scheme")]
    [InlineData("mysql://lab:geheim@db/shop", "scheme 'mysql'")]
    [InlineData("geheim://x", "scheme 'geheim'")]
    [InlineData("p4ssw0rd://x", "scheme (not shown)")]
    [InlineData("postgresql://lab:geheim@/shop", "no host")]
    [InlineData("postgresql://lab:geheim@:5432/shop", "no host")]
    [InlineData("postgresql://lab:geheim@db:0/shop", "a port")]
    [InlineData("postgresql://lab:geheim@db:65536/shop", "a port")]
    [InlineData("postgresql://lab:geheim@db:/shop", "a port")]
    [InlineData("postgresql://lab:ge%heim@db/shop", "a '%' in the password")]
    [InlineData("postgresql://lab@db/shop?sslmode=sometimes", "sslmode 'sometimes'")]
    [InlineData("postgresql://lab@db/shop?options=x", "parameter 'options'")]
    [InlineData("postgresql://lab@db/shop?G3heim=x", "parameter (not shown)")]
    public void A_malformed_URL_is_an_error_that_says_what_was_found(string url, string found)
    {
        var fault = Assert.Throws<SettingException>(() => DatabaseUrl.Parse(url));

        Assert.StartsWith("DATABASE_URL: expected postgresql://", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"found {found}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(":geheim", fault.Message, StringComparison.Ordinal);
    }
}
